// Where rows about a person stand: each place with the rows in it, and what becomes of them. Order is that of removal.
import type { ForgottenKind } from '#ports/forgetting.ts';

export interface Place {
  readonly kind: ForgottenKind;
  readonly table: string;
  /** Of the table `t`. */
  readonly where: string;
  /** The row stays, with this assigned; left out: it goes. */
  readonly set?: string;
}

const isOf = (connection: string, object: string, id: string) =>
  `(${connection}, ${object}, ${id}) in (select connection, object, id from pg_temp.forgotten_records)`;
const isRecord = isOf('t.connection', 't.object', 't.id');
const isPair = `${isOf('t.a_connection', 't.a_object', 't.a_id')} or ${isOf('t.b_connection', 't.b_object', 't.b_id')}`;

/** A refused row quotes no more of what was read than this (src/mapping/source/parse-source-row.ts). */
const quotedLength = 40;

/** A whole address, or the beginning of one that was cut: `ana@acme.example` does not stand in `diana@acme.example`. */
const quotes = (column: string) => `exists (
  select from pg_temp.forgotten_addresses a
   cross join lateral (select strpos(lower(${column}), left(a.address, ${quotedLength})) as at) found
   where at > 0
     and substr(lower(${column}), at - 1, 1) !~ '[a-z0-9._%+-]'
     and (length(a.address) > ${quotedLength}
          or substr(lower(${column}), at + length(a.address), 2) !~ '^([a-z0-9_-]|[.][a-z0-9])')
)`;

export const isAddressed = 'lower(t.email) in (select address from pg_temp.forgotten_addresses)';
export const isQuoted = quotes('t.reason');

export const PLACES: readonly Place[] = [
  { kind: 'opportunityRoles', table: 'records', where: `t.object = 'opportunity_role' and ${isRecord}` },
  { kind: 'records', table: 'records', where: isRecord },
  {
    kind: 'mergedIds',
    table: 'aliases',
    where: `${isOf('t.connection', 't.object', 't.old_id')} or ${isOf('t.connection', 't.object', 't.new_id')}`,
  },
  { kind: 'memberships', table: 'memberships', where: isRecord },
  { kind: 'memberships', table: 'membership_history', where: isRecord },
  { kind: 'memberships', table: 'proposed_memberships', where: isRecord },
  {
    kind: 'memberships',
    table: 'key_changes',
    where: isOf('t.connection', 't.object', 't.record_id'),
  },
  { kind: 'judgements', table: 'key_judgements', where: isPair },
  { kind: 'judgements', table: 'key_reviews', where: isPair },
  { kind: 'cleaned', table: 'key_judgements', where: isQuoted, set: 'reason = null' },
  { kind: 'cleaned', table: 'key_changes', where: isQuoted, set: `reason = 'forgotten'` },
  { kind: 'written', table: 'ledger', where: isRecord },
  {
    kind: 'changes',
    table: 'changes',
    where: `t.object in ('contact', 'lead', 'opportunity_role')
      and (${isOf('t.connection', 't.object', 't.record_id')} or ${isOf('t.connection', 't.object', 't.written_id')})`,
  },
  { kind: 'sourceRows', table: 'source_rows', where: isAddressed },
  {
    kind: 'cleaned',
    table: 'refused_source_rows',
    where: isQuoted,
    // The row was refused all the same; what it held nobody needs to know any more.
    set: `reason = regexp_replace(t.reason, '\\(read .*$', '(read something of a person who was forgotten)')`,
  },
  { kind: 'marks', table: 'seen_records', where: isRecord },
  { kind: 'marks', table: 'refused_records', where: isRecord },
  { kind: 'marks', table: 'touched_records', where: isRecord },
  { kind: 'marks', table: 'entered_keys', where: isRecord },
  { kind: 'marks', table: 'match_changes', where: isRecord },
];

export function removal({ table, where, set }: Place): string {
  return set === undefined
    ? `delete from tierline.${table} t where ${where}`
    : `update tierline.${table} t set ${set} where ${where}`;
}

export function countOf({ table, where }: Place): string {
  return `select count(*) as count from tierline.${table} t where ${where}`;
}
