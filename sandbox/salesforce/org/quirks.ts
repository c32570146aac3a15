// Behaviour on which the documentation is silent and no live org was asked: each can be switched, so that a client
// can be tested against either answer.

export interface Quirks {
  /** What an unknown or invisible field in a collection does: fail its row, or the whole call with 400. */
  readonly collectionUnknownField: 'row' | 'call';
  /** Whether upserting a permission set drops grants it does not list. */
  readonly permissionSetUpsert: 'replace' | 'merge';
  /** What a CSV column that does not exist does to a Bulk 2.0 ingest job. */
  readonly bulkUnknownColumn: 'fail' | 'ignore';
  /** What the second row for one id in an update call gets. */
  readonly duplicateIdInUpdate: 'error' | 'accept';
  /** What `PATCH /sobjects/X/Ext__c/value` answers for an update: the record result, or nothing as before v46. */
  readonly upsertAnswer: 200 | 204;
  /** HTTP status of a lone row that is refused for lack of access. */
  readonly accessDeniedStatus: 400 | 403;
}

export const DEFAULT_QUIRKS: Quirks = {
  collectionUnknownField: 'row',
  permissionSetUpsert: 'replace',
  bulkUnknownColumn: 'fail',
  duplicateIdInUpdate: 'error',
  upsertAnswer: 200,
  accessDeniedStatus: 403,
};
