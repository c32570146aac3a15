// The call budgets of the product, on an org of 10,000 accounts and 30,000 contacts. Bulk jobs answer at the second look.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeOutcome, CrmChange, PullEnd, RawRecord } from '#ports/crm.ts';
import { toStream } from '#test/contract/crm-fixture.ts';
import { type SalesforceFixture, startSalesforceFixture } from './sandbox-fixture.ts';

const ACCOUNTS = 10_000;
const CONTACTS = 30_000;
const FIELDS = {
  account: [
    'Name',
    'Website',
    'Industry',
    'NumberOfEmployees',
    'OwnerId',
    'Tierline_Tier_Reason__c',
    'Tierline_Fit__c',
  ],
  contact: ['LastName', 'Email', 'Title', 'AccountId'],
} as const;
const CRM_OBJECTS = { account: 'Account', contact: 'Contact' } as const;

describe('what a run costs in calls', () => {
  let fixture: SalesforceFixture;
  let accountIds: readonly string[] = [];
  let cursor: string | null = null;

  beforeAll(async () => {
    fixture = await startSalesforceFixture();
    const { org } = fixture.sandbox;
    const at = new Date('2026-01-05T08:00:00Z');
    accountIds = await fixture.addAccounts(ACCOUNTS);
    for (let index = 0; index < CONTACTS; index += 1)
      org.insert(
        'Contact',
        { LastName: `Person ${index}`, AccountId: accountIds[index % ACCOUNTS] ?? '' },
        { at },
      );
  }, 120_000);
  afterAll(async () => {
    await fixture.close();
  });

  const pull = async (
    object: 'account' | 'contact',
    since: string | null,
    skip: readonly { from: string; to: string; rows: number }[] = [],
  ): Promise<{ ids: Set<string>; sample: RawRecord | null; end: PullEnd }> => {
    const pages = fixture.crm.pull({
      object,
      crmObject: CRM_OBJECTS[object],
      fields: FIELDS[object],
      cursor: since,
      skip,
      reread: [],
    });
    const ids = new Set<string>();
    let sample: RawRecord | null = null;
    for (;;) {
      const step = await pages.next();
      if (step.done === true) return { ids, sample, end: step.value };
      for (const record of step.value.records) ids.add(record.id);
      sample ??= step.value.records[0] ?? null;
    }
  };

  const update = async (
    ids: readonly string[],
    text: string,
  ): Promise<{ outcomes: readonly ChangeOutcome[]; from: string; to: string }> => {
    const changes = ids.map(
      (id, index): CrmChange => ({
        changeId: `c${index}`,
        recordId: id,
        fields: { Tierline_Tier_Reason__c: text, Tierline_Fit__c: index % 100 },
      }),
    );
    const outcomes: ChangeOutcome[] = [];
    for await (const batch of fixture.crm.apply({
      object: 'account',
      crmObject: 'Account',
      verb: 'update',
      changes: toStream(changes),
      total: changes.length,
      beforeSend: () => Promise.resolve(),
    }))
      outcomes.push(...batch);
    const stamps = outcomes.flatMap((outcome) =>
      outcome.status === 'written' && outcome.writtenAt !== null ? [outcome.writtenAt] : [],
    );
    const sorted = stamps.toSorted((left, right) => left.localeCompare(right));
    return { outcomes, from: sorted[0] ?? '', to: sorted.at(-1) ?? '' };
  };

  const callsOf = async (work: () => Promise<void>): Promise<{ read: number; write: number }> => {
    const { calls } = fixture.sandbox;
    calls.reset();
    const before = fixture.crm.usage();
    await work();
    const after = fixture.crm.usage();
    // What we count and what the sandbox saw must be the same.
    expect({ read: after.read - before.read, write: after.write - before.write }).toEqual({
      read: calls.count('read'),
      write: calls.count('write'),
    });
    return { read: calls.count('read'), write: calls.count('write') };
  };

  it('reads all accounts and contacts in at most 8 calls', async () => {
    const calls = await callsOf(async () => {
      const accounts = await pull('account', null);
      expect(accounts.ids.size).toBe(ACCOUNTS);
      expect(accounts.end.counted).toBe(ACCOUNTS);
      expect(accounts.sample?.fields['NumberOfEmployees']).toBeNull();
      cursor = accounts.end.cursor;
      const contacts = await pull('contact', null);
      expect(contacts.ids.size).toBe(CONTACTS);
      expect(contacts.end.counted).toBe(CONTACTS);
    });
    expect(calls.read).toBeLessThanOrEqual(8);
    expect(calls.write).toBe(0);
  });

  it('reads them page by page in at most 22 calls where bulk is refused', async () => {
    const stop = fixture.sandbox.faults.inject({
      path: '/jobs/query',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'status', status: 400, body: [{ errorCode: 'FEATURENOTENABLED', message: 'x' }] },
    });
    const calls = await callsOf(async () => {
      expect((await pull('account', null)).ids.size).toBe(ACCOUNTS);
      expect((await pull('contact', null)).ids.size).toBe(CONTACTS);
    });
    stop();
    expect(calls.read).toBeLessThanOrEqual(22);
  });

  it('reads once and writes nothing when nothing changed', async () => {
    const calls = await callsOf(async () => {
      expect((await pull('account', cursor)).ids.size).toBe(0);
    });
    expect(calls).toEqual({ read: 1, write: 0 });
  });

  it('writes 500 of 10,000 in at most 3 calls', async () => {
    const calls = await callsOf(async () => {
      const { outcomes } = await update(accountIds.slice(0, 500), 'five hundred');
      expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(500);
    });
    expect(calls).toEqual({ read: 0, write: 3 });
  });

  it('writes 10,000 in at most 10 calls, and leaves its own echoes out of the next pull', async () => {
    let written = { from: '', to: '' };
    const calls = await callsOf(async () => {
      const { outcomes, from, to } = await update(accountIds, 'all');
      expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(ACCOUNTS);
      written = { from, to };
    });
    expect(calls.write).toBeLessThanOrEqual(10);
    expect(calls.read).toBe(0);
    expect(fixture.sandbox.org.find('Account', accountIds[4321] ?? '')).toMatchObject({
      Tierline_Tier_Reason__c: 'all',
      Tierline_Fit__c: 21,
    });

    fixture.sandbox.org.editAsHuman('Account', accountIds[7] ?? '', { Name: 'By hand' });
    const next = await callsOf(async () => {
      const { ids } = await pull('account', cursor, [
        { from: written.from, to: written.to, rows: ACCOUNTS },
        // The 500 of before.
        { from: cursor ?? '', to: written.from, rows: 500 },
      ]);
      expect([...ids]).toEqual([accountIds[7]]);
    });
    expect(next).toEqual({ read: 1, write: 0 });
  });

  it('writes 10,000 in at most 10 calls when some are refused and some are locked', async () => {
    const { org } = fixture.sandbox;
    org.lockRow(accountIds[100] ?? '', 1);
    org.addValidationRule({
      object: 'Account',
      errorWhen: (row) => row['Tierline_Tier_Reason__c'] === 'some' && row['Tierline_Fit__c'] === 99,
      message: 'Ask finance first.',
      field: 'Tierline_Fit__c',
    });
    const calls = await callsOf(async () => {
      const { outcomes } = await update(accountIds, 'some');
      expect(new Set(outcomes.map(({ changeId }) => changeId)).size).toBe(ACCOUNTS);
      expect(outcomes).toHaveLength(ACCOUNTS);
      const failed = outcomes.filter((outcome) => outcome.status === 'failed');
      expect(failed).toHaveLength(100);
      expect(failed[0]?.error).toMatchObject({
        code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        field: 'Tierline_Fit__c',
        retry: 'never',
        message: expect.stringContaining('Ask finance first.'),
      });
    });
    expect(calls.write).toBeLessThanOrEqual(10);
    expect(org.find('Account', accountIds[100] ?? '')).toMatchObject({ Tierline_Tier_Reason__c: 'some' });
  });
});
