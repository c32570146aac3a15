// Makes or extends the two permission sets and assigns them. A field is invisible, even to admins, until a set grants it.
import { z } from 'zod';
import type { FieldToInstall, InstallStep } from '#ports/crm.ts';
import { runQuery } from '../read/run-query.ts';
import { quoteSoql, soqlIn } from '../read/soql.ts';
import { toLongId } from '../salesforce-id.ts';
import { ROWS_A_COLLECTION, sendCollection } from '../write/send-collection.ts';
import { type InstallParts, type PlannedDocument, saveDocuments } from './install-parts.ts';
import { INTEGRATION_SET, integrationSet, USER_SET, uniteSets, userSet } from './permission-documents.ts';

/** `fields` are those that stand in the org by now: naming another fails the whole set. */
export const installPermissionSets = async (
  parts: InstallParts,
  fields: readonly FieldToInstall[],
): Promise<readonly InstallStep[]> => {
  const wanted = [integrationSet(fields), userSet(fields)];
  const standing = await parts.metadata.read('PermissionSet', [INTEGRATION_SET, USER_SET]);
  const steps: InstallStep[] = [];
  const planned: PlannedDocument[] = [];
  for (const document of wanted) {
    const name = document.fullName;
    const held = standing.get(name);
    if (held === undefined) {
      planned.push({ name, document, change: 'create' });
      continue;
    }
    const union = uniteSets(held, document);
    if (union.added.length === 0) steps.push({ what: 'permission set', name, result: 'present' });
    else
      planned.push({
        name,
        document: union.document,
        change: 'change',
        detail: `adds ${union.added.join(', ')}`,
      });
  }
  steps.push(...(await saveDocuments(parts, 'permission set', 'PermissionSet', planned)));
  return steps;
};

export interface Assignee {
  readonly id: string;
  /** User name, for the report. */
  readonly name: string;
}

const Row = z.object({
  Id: z.string(),
  Username: z.string().optional(),
  AssigneeId: z.string().optional(),
});

const query = async (parts: InstallParts, soql: string): Promise<readonly z.infer<typeof Row>[]> => {
  const { rows } = await runQuery(parts.client, soql, { kind: 'other', withDeleted: false });
  return z.array(Row).parse(rows);
};

/** The users named, by user name or full name, and the active ones of the profile. */
export const findAssignees = async (
  parts: InstallParts,
): Promise<{ readonly assignees: readonly Assignee[]; readonly steps: readonly InstallStep[] }> => {
  const { users, profile } = parts.request;
  const assignees = new Map<string, Assignee>();
  const steps: InstallStep[] = [];
  for (const name of new Set(users)) {
    const quoted = quoteSoql(name);
    const rows = await query(
      parts,
      `SELECT Id, Username FROM User WHERE IsActive = true AND (Username = ${quoted} OR Name = ${quoted}) LIMIT 3`,
    );
    const [row] = rows;
    if (row === undefined || rows.length > 1)
      steps.push({
        what: 'user',
        name,
        result: 'failed',
        detail:
          row === undefined
            ? 'no active user of that name'
            : 'several users of that name: give the user name',
      });
    else assignees.set(row.Id, { id: toLongId(row.Id), name: row.Username ?? name });
  }
  if (profile !== null) {
    const rows = await query(
      parts,
      `SELECT Id, Username FROM User WHERE IsActive = true AND Profile.Name = ${quoteSoql(profile)}`,
    );
    if (rows.length === 0)
      steps.push({
        what: 'profile',
        name: profile,
        result: 'failed',
        detail: 'no active user has this profile',
      });
    for (const row of rows) assignees.set(row.Id, { id: toLongId(row.Id), name: row.Username ?? row.Id });
  }
  return { assignees: [...assignees.values()], steps };
};

export const assignPermissionSet = async (
  parts: InstallParts,
  setName: string,
  assignees: readonly Assignee[],
): Promise<readonly InstallStep[]> => {
  if (assignees.length === 0) return [];
  const stepOf = ({ name }: Assignee, result: InstallStep['result'], detail?: string): InstallStep => ({
    what: 'assignment',
    name: `${setName} to ${name}`,
    result,
    ...(detail === undefined ? {} : { detail }),
  });
  const [set] = await query(parts, `SELECT Id FROM PermissionSet WHERE Name = ${quoteSoql(setName)}`);
  if (set === undefined)
    return assignees.map((assignee) =>
      parts.request.dryRun
        ? stepOf(assignee, 'would_create')
        : stepOf(assignee, 'failed', 'the permission set is not there'),
    );

  const steps: InstallStep[] = [];
  for (let start = 0; start < assignees.length; start += ROWS_A_COLLECTION) {
    const chunk = assignees.slice(start, start + ROWS_A_COLLECTION);
    const ids = chunk.map(({ id }) => id);
    const held = await query(
      parts,
      `SELECT Id, AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId = ${quoteSoql(set.Id)} AND ${soqlIn('AssigneeId', ids)}`,
    );
    const assigned = new Set(held.map((row) => toLongId(row.AssigneeId ?? '')));
    const open = chunk.filter(({ id }) => !assigned.has(id));
    steps.push(...chunk.filter(({ id }) => assigned.has(id)).map((assignee) => stepOf(assignee, 'present')));
    if (parts.request.dryRun) steps.push(...open.map((assignee) => stepOf(assignee, 'would_create')));
    else if (open.length > 0) steps.push(...(await insertAssignments(parts, set.Id, open, stepOf)));
  }
  return steps;
};

const insertAssignments = async (
  { client }: InstallParts,
  setId: string,
  assignees: readonly Assignee[],
  stepOf: (assignee: Assignee, result: InstallStep['result'], detail?: string) => InstallStep,
): Promise<readonly InstallStep[]> => {
  const { rows } = await sendCollection(client, {
    method: 'POST',
    path: '/composite/sobjects',
    kind: 'other',
    body: {
      allOrNone: false,
      records: assignees.map(({ id }) => ({
        attributes: { type: 'PermissionSetAssignment' },
        AssigneeId: id,
        PermissionSetId: setId,
      })),
    },
    rows: assignees.length,
    // A user cannot hold a set twice: the second row is refused as a duplicate.
    repeatable: true,
    signal: undefined,
  });
  return assignees.map((assignee, index) => {
    const error = rows[index]?.error ?? null;
    if (error === null || error.code === 'DUPLICATE_VALUE') return stepOf(assignee, 'created');
    return stepOf(assignee, 'failed', `${error.code}: ${error.message}`);
  });
};
