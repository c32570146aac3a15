// /crm/pipelines/{version}/deals: the one sales pipeline of the portal, read only.
import { Router } from 'express';
import { resourceNotFound } from '#sandbox/hubspot/answers/failures.ts';
import { readObjectType, readParameter } from '#sandbox/hubspot/answers/read-request.ts';
import { DEAL_STAGES, DEFAULT_PIPELINE_ID } from '#sandbox/hubspot/properties/catalogue/deals.ts';
import { formatTimestamp } from '#sandbox/hubspot/properties/stored-value.ts';

const MADE_AT = formatTimestamp(Date.UTC(2020, 0, 1));

const SALES_PIPELINE = {
  id: DEFAULT_PIPELINE_ID,
  label: 'Sales Pipeline',
  displayOrder: 0,
  createdAt: MADE_AT,
  updatedAt: MADE_AT,
  archived: false,
  stages: DEAL_STAGES.map(({ id, label, probability, isClosed }, displayOrder) => ({
    id,
    label,
    displayOrder,
    // Both are text on the wire.
    metadata: { isClosed: String(isClosed), probability: probability.toFixed(1) },
    createdAt: MADE_AT,
    updatedAt: MADE_AT,
    archived: false,
  })),
};

export const createPipelineRoutes = (): Router => {
  const router = Router({ mergeParams: true });
  router.get('/:type', (request, response) => {
    response.json({ results: readObjectType(request).name === 'deals' ? [SALES_PIPELINE] : [] });
  });
  router.get('/:type/:pipelineId', (request, response) => {
    if (readParameter(request, 'pipelineId') !== SALES_PIPELINE.id) throw resourceNotFound();
    response.json(SALES_PIPELINE);
  });
  router.get('/:type/:pipelineId/stages', (request, response) => {
    if (readParameter(request, 'pipelineId') !== SALES_PIPELINE.id) throw resourceNotFound();
    response.json({ results: SALES_PIPELINE.stages });
  });
  return router;
};
