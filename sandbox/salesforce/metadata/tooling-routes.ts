// The part of the Tooling API that makes a field over REST, for sessions that may not use SOAP.
// Tooling queries and every other tooling object are not offered.

import { isJsonObject, textIn } from '../org/json.ts';
import type { Org } from '../org/org.ts';
import { ApiError, apiError } from '../rest/api-error.ts';
import { type ApiHandler, jsonAnswer } from '../rest/api-message.ts';
import { type Route, route } from '../rest/api-router.ts';
import { readJson } from '../rest/read-body.ts';
import type { ComponentType } from './component.ts';
import { element, elementsFromJson } from './xml.ts';

export const createToolingRoutes = (org: Org, customFields: ComponentType): Route[] => {
  const createField: ApiHandler = (request) => {
    const body = readJson(request);
    const fullName = textIn(body, 'FullName');
    const metadata = body['Metadata'];
    if (fullName === null || !isJsonObject(metadata)) {
      throw apiError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [FullName, Metadata]');
    }
    if (!org.profile.canModifyMetadata) {
      throw apiError(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on object id');
    }
    if (customFields.exists(fullName)) {
      throw apiError(400, 'DUPLICATE_DEVELOPER_NAME', `This name is already in use: ${fullName}`);
    }
    const component = elementsFromJson('metadata', metadata)[0] ?? element('metadata');
    const errors = customFields.save(fullName, component);
    if (errors.length > 0) {
      throw new ApiError(
        400,
        errors.map(({ message, statusCode }) => ({ message, errorCode: statusCode, fields: [] })),
      );
    }
    const id = customFields.list().find((one) => one.fullName === fullName)?.id ?? '';
    return jsonAnswer({ id, success: true, errors: [], warnings: [], infos: [] }, 201);
  };

  return [route('POST', '/tooling/sobjects/CustomField', createField)];
};
