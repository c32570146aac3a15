// Makes the property group and the properties of one object, or says what it would make. A second run finds all present.

import { z } from 'zod';
import type { FieldToInstall, InstallStep } from '#ports/crm.ts';
import { expectShape } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { ForbiddenCallError, RefusedCallError } from '../errors.ts';
import { findObjectType } from '../object-types.ts';
import { BATCH_ROWS } from '../options.ts';
import { type HubspotProperty, readProperties } from '../schema/describe.ts';
import { mergeOptions } from './merge-options.ts';
import { PROPERTY_GROUP, type PropertyDefinition, toPropertyDefinition } from './property-definition.ts';

const groupsAnswer = z.object({ results: z.array(z.object({ name: z.string() })) });
const createdAnswer = z.object({ results: z.array(z.object({ name: z.string() })) });

interface Work {
  readonly portal: Portal;
  readonly objectPath: string;
  readonly dryRun: boolean;
}

export async function* installProperties(
  portal: Portal,
  crmObject: string,
  fields: readonly FieldToInstall[],
  dryRun: boolean,
): AsyncGenerator<InstallStep, void> {
  const work: Work = { portal, objectPath: findObjectType(crmObject).path, dryRun };
  const live = await readProperties(portal, crmObject);
  if (live === null) {
    for (const { name } of fields)
      yield step(work, name, 'failed', 'the credentials do not show the properties of this object');
    return;
  }
  const group = await installGroup(work);
  yield group;
  if (group.result === 'failed') return;

  const byName = new Map(live.map((property) => [property.name, property]));
  const missing: PropertyDefinition[] = [];
  for (const field of fields) {
    const definition = toPropertyDefinition(field);
    const present = byName.get(field.name);
    if (definition === null) yield step(work, field.name, 'failed', 'HubSpot has associations for parents');
    else if (present === undefined) missing.push(definition);
    else yield await adjust(work, present, definition);
  }
  yield* installMissing(work, missing);
}

const installGroup = async (work: Work): Promise<InstallStep> => {
  const path = work.portal.paths.propertyGroups(work.objectPath);
  const { name, label } = PROPERTY_GROUP;
  const what = (result: InstallStep['result'], detail?: string): InstallStep => ({
    ...step(work, name, result, detail),
    what: 'property group',
  });
  return attempt(what, async () => {
    const answer = await work.portal.call({ method: 'GET', path, kind: 'other' });
    const groups = expectShape(groupsAnswer, answer.body, `GET ${path}`).results;
    if (groups.some((group) => group.name === name)) return what('present');
    if (work.dryRun) return what('would_create');
    await work.portal.call({ method: 'POST', path, body: { name, label, displayOrder: -1 }, kind: 'other' });
    return what('created');
  });
};

async function* installMissing(
  work: Work,
  missing: readonly PropertyDefinition[],
): AsyncGenerator<InstallStep, void> {
  if (missing.length === 0) return;
  const archived = (await readProperties(work.portal, work.objectPath, true)) ?? [];
  const restorable = new Map(archived.map((property) => [property.name, property]));
  const fresh = missing.filter(({ name }) => !restorable.has(name));
  if (work.dryRun) {
    for (const { name } of missing)
      yield step(work, name, 'would_create', restorable.has(name) ? 'restored with its values' : undefined);
    return;
  }
  const created = await createTogether(work, fresh);
  for (const definition of missing) {
    if (created.has(definition.name)) yield step(work, definition.name, 'created');
    else yield await createAlone(work, definition, restorable.get(definition.name));
  }
}

/** Names of those that were made. A refusal may be about one of them: the caller then tries each by itself. */
const createTogether = async (
  work: Work,
  definitions: readonly PropertyDefinition[],
): Promise<ReadonlySet<string>> => {
  const path = work.portal.paths.propertyBatchCreate(work.objectPath);
  const created = new Set<string>();
  for (let start = 0; start < definitions.length; start += BATCH_ROWS) {
    const inputs = definitions.slice(start, start + BATCH_ROWS);
    try {
      const answer = await work.portal.call({ method: 'POST', path, body: { inputs }, kind: 'other' });
      for (const { name } of expectShape(createdAnswer, answer.body, `POST ${path}`).results)
        created.add(name);
    } catch (error) {
      if (!(error instanceof RefusedCallError)) throw error;
    }
  }
  return created;
};

/** Posting the name of an archived property brings it back with its old options and values. */
const createAlone = (
  work: Work,
  definition: PropertyDefinition,
  archived: HubspotProperty | undefined,
): Promise<InstallStep> => {
  const what = (result: InstallStep['result'], detail?: string): InstallStep =>
    step(work, definition.name, result, detail);
  return attempt(what, async () => {
    const path = work.portal.paths.properties(work.objectPath);
    try {
      await work.portal.call({ method: 'POST', path, body: definition, kind: 'other' });
    } catch (error) {
      // Made meanwhile by someone else, or by a batch of ours whose answer got lost.
      if (error instanceof RefusedCallError && error.problem.status === 409) return what('present');
      throw error;
    }
    if (archived === undefined) return what('created');
    const adjusted = await adjust(work, archived, definition);
    return adjusted.result === 'failed' ? adjusted : what('created', 'restored with its values');
  });
};

const adjust = (
  work: Work,
  present: HubspotProperty,
  definition: PropertyDefinition,
): Promise<InstallStep> => {
  const what = (result: InstallStep['result'], detail?: string): InstallStep =>
    step(work, definition.name, result, detail);
  return attempt(what, async () => {
    if (present.type !== definition.type)
      return what(
        'failed',
        `HubSpot has it as ${present.type} and not ${definition.type}; rename or delete that one`,
      );
    const options =
      definition.type === 'enumeration' ? mergeOptions(present.options, definition.options ?? []) : null;
    if (options === null) return what('present');
    if (work.dryRun) return what('would_change', 'options');
    const path = work.portal.paths.property(work.objectPath, definition.name);
    await work.portal.call({ method: 'PATCH', path, body: { options }, kind: 'other' });
    return what('changed', 'options');
  });
};

/** A refusal concerns one thing; the rest of the setup goes on. */
const attempt = async (
  what: (result: InstallStep['result'], detail?: string) => InstallStep,
  work: () => Promise<InstallStep>,
): Promise<InstallStep> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ForbiddenCallError) return what('failed', error.next ?? error.message);
    if (error instanceof RefusedCallError) return what('failed', `HubSpot refused: ${error.problem.code}`);
    throw error;
  }
};

const step = (
  { objectPath }: Work,
  name: string,
  result: InstallStep['result'],
  detail?: string,
): InstallStep => ({
  what: 'property',
  name: `${objectPath}.${name}`,
  result,
  ...(detail === undefined ? {} : { detail }),
});
