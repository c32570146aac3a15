// What a query is evaluated against: the org, the rights of the user who asks, and the object in FROM.
import type { Access } from '../access/access.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import type { QueryNode } from './ast.ts';

export interface QueryScope {
  readonly org: Org;
  readonly access: Access;
  readonly object: ObjectDefinition;
  readonly query: QueryNode;
  /** queryAll: deleted rows count. */
  readonly includeDeleted: boolean;
}
