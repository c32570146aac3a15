// The refusals of the properties API.
import { ApiFailure } from '#sandbox/hubspot/answers/api-failure.ts';
import { invalidRequest } from '#sandbox/hubspot/answers/failures.ts';

export const propertyExists = (name: string): ApiFailure =>
  new ApiFailure({
    status: 409,
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    message: `A property named '${name}' already exists.`,
  });

export const propertyNotFound = (name: string): ApiFailure =>
  new ApiFailure({
    status: 404,
    category: 'OBJECT_NOT_FOUND',
    message: `Property ${name} does not exist`,
    context: { propertyName: [name] },
  });

export const groupExists = (name: string): ApiFailure =>
  new ApiFailure({
    status: 409,
    category: 'OBJECT_ALREADY_EXISTS',
    message: `A property group named '${name}' already exists.`,
  });

export const groupNotFound = (name: string): ApiFailure =>
  new ApiFailure({
    status: 404,
    category: 'OBJECT_NOT_FOUND',
    message: `Property group ${name} does not exist`,
  });

export const groupInUse = (name: string): ApiFailure =>
  new ApiFailure({
    status: 400,
    category: 'VALIDATION_ERROR',
    subCategory: 'PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES',
    message: `Property group ${name} still has active properties.`,
  });

export const propertyInUse = (name: string): ApiFailure =>
  new ApiFailure({
    status: 400,
    category: 'VALIDATION_ERROR',
    subCategory: 'PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE',
    message: `Property ${name} is used elsewhere and cannot be archived.`,
  });

export const readOnlyDefinition = (name: string): ApiFailure =>
  invalidRequest(`${name} is defined by HubSpot and cannot be changed this way.`, [
    {
      message: `${name} is defined by HubSpot.`,
      code: 'READ_ONLY_DEFINITION',
      context: { propertyName: [name] },
    },
  ]);

export const badDefinition = (name: string, code: string, message: string): ApiFailure =>
  invalidRequest(message, [{ message, code, context: { propertyName: [name] } }]);
