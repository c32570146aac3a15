// The refusals that several parts of the API share, worded as in real answers where one was seen.
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import { ApiFailure, type FailureDetail } from './api-failure.ts';

export const invalidRequest = (message: string, errors?: readonly FailureDetail[]): ApiFailure =>
  new ApiFailure({
    status: 400,
    category: 'VALIDATION_ERROR',
    message,
    ...(errors === undefined ? {} : { errors }),
  });

export const invalidJson = (problem: string): ApiFailure =>
  invalidRequest(`Invalid input JSON on line 1, column 1: ${problem}`);

export const resourceNotFound = (): ApiFailure =>
  new ApiFailure({ status: 404, category: 'OBJECT_NOT_FOUND', message: 'resource not found' });

export const unknownObjectType = (name: string): ApiFailure =>
  invalidRequest(`Unable to infer object type from: ${name}`);

/** The entry of a 207 that stands for all ids a batch did not find. */
export const someNotFound = (type: ObjectType, ids: readonly string[]): ApiFailure =>
  new ApiFailure({
    status: 404,
    category: 'OBJECT_NOT_FOUND',
    message: `Could not get some ${type.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
    context: { ids },
  });

export const missingScopes = (anyOf: readonly string[]): ApiFailure =>
  new ApiFailure({
    status: 403,
    category: 'MISSING_SCOPES',
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: anyOf },
      },
    ],
  });

export const contactExists = (existingId: string): ApiFailure =>
  new ApiFailure({
    status: 409,
    category: 'CONFLICT',
    message: `Contact already exists. Existing ID: ${existingId}`,
    context: { existingId: [existingId] },
  });

export const valueTaken = (
  portalId: number,
  type: ObjectType,
  property: string,
  value: string,
  recordId: string,
  holderId: string,
): ApiFailure =>
  invalidRequest(
    `Cannot set PropertyValueCoordinates{portalId=${portalId}, objectTypeId=ObjectTypeId{legacyObjectType=${type.singular.toUpperCase()}}, propertyName=${property}, value=${value}} on ${recordId}. ${holderId} already has that value.`,
  );
