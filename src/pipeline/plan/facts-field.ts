// The ledger remembers beside what we wrote which facts it stood on, so that a later run can tell news from decay. The CRM
// never sees this field: no mapping names it.

export const FACTS_FIELD = '_facts';
