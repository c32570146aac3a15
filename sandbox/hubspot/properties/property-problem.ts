// Why a property value was refused, and the 400 that lists such reasons.
import type { ApiFailure } from '#sandbox/hubspot/answers/api-failure.ts';
import { invalidRequest } from '#sandbox/hubspot/answers/failures.ts';

export interface PropertyProblem {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** HubSpot repeats the reasons as JSON inside the message: clients parse both, so both are here. */
export const invalidValues = (portalId: number, problems: readonly PropertyProblem[]): ApiFailure => {
  const inMessage = problems.map(({ name, code, message }) => ({
    isValid: false,
    message,
    error: code,
    name,
    ...(code === 'PROPERTY_DOESNT_EXIST' ? { localizedErrorMessage: message, portalId } : {}),
  }));
  return invalidRequest(
    `Property values were not valid: ${JSON.stringify(inMessage)}`,
    problems.map(({ name, code, message }) => ({ message, code, context: { propertyName: [name] } })),
  );
};
