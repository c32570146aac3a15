// What a write over REST knows about itself: the caller and the headers that change how rows are saved.
import type { DmlContext } from '../dml/dml-context.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import { notFound } from './api-error.ts';
import type { ApiRequest } from './api-message.ts';

export const toDmlContext = (org: Org, request: ApiRequest): DmlContext => ({
  org,
  userId: request.caller.userId,
  access: request.caller.access,
  allowDuplicates: /allowsave\s*=\s*true/i.test(request.headers['sforce-duplicate-rule-header'] ?? ''),
});

/** Objects the caller cannot read do not exist for them. */
export const findObject = (org: Org, request: ApiRequest, name: string): ObjectDefinition => {
  const object = org.schema.find(name);
  if (object === undefined || !request.caller.access.allows(object, 'read')) throw notFound();
  return object;
};
