// What a rep says about a tier: an edit of the tier itself, and the override fields.
import { beforeEach, describe, expect, it } from 'vitest';
import { castMarket } from './cast.ts';
import { CONNECTIONS, type ConnectionId } from './crm-view.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

const LABELS: Readonly<Record<string, string>> = {
  tier_1: 'Tier 1',
  tier_2: 'Tier 2',
  tier_3: 'Tier 3',
  excluded: 'Excluded',
  at_least_tier_2: 'At least Tier 2',
};

type PeoplesField = 'tier' | 'overrideTier' | 'overrideReason' | 'overrideUntil';
const SALESFORCE: Readonly<Record<PeoplesField, string>> = {
  tier: 'Tierline_Tier__c',
  overrideTier: 'Tierline_Override_Tier__c',
  overrideReason: 'Tierline_Override_Reason__c',
  overrideUntil: 'Tierline_Override_Until__c',
};
const HUBSPOT: Readonly<Record<PeoplesField, string>> = {
  tier: 'tierline_tier',
  overrideTier: 'tierline_override_tier',
  overrideReason: 'tierline_override_reason',
  overrideUntil: 'tierline_override_until',
};

let flow: Flow;

beforeEach(async () => {
  flow = await startFlow(
    castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_3' },
      { name: 'Bergamot', plays: 'tier_3', company: { crms: ['salesforce'] } },
      { name: 'Cobaltine', plays: 'tier_3', company: { crms: ['hubspot'] } },
    ]),
  );
  await flow.sync();
});

/** Salesforce keeps whole seconds: an edit in the second of our own write is another test's matter. */
const soon = () => new Date(Date.now() + 2500);

const OWN = { sf: 'Bergamot', hs: 'Cobaltine' } as const;

function accountOf(connection: ConnectionId, name: string) {
  const found = flow
    .crm(connection)
    .accounts()
    .find((account) => account.name === name);
  if (found === undefined) throw new Error(`${connection} has no account ${name}`);
  return found;
}

function edit(connection: ConnectionId, name: string, fields: Partial<Record<PeoplesField, string | null>>) {
  const { id } = accountOf(connection, name);
  const entries = Object.entries(fields) as [PeoplesField, string | null][];
  if (connection === 'sf') {
    const values = entries.map(([field, value]) => [
      SALESFORCE[field],
      value === null ? null : (LABELS[value] ?? value),
    ]);
    flow.salesforce.org.editAsHuman('Account', id, Object.fromEntries(values), { at: soon() });
  } else {
    const values = entries.map(([field, value]) => [HUBSPOT[field], value ?? '']);
    flow.hubspot.portal.editAsHuman('companies', id, Object.fromEntries(values));
  }
}

const word = ({ tier, overrideTier, overrideReason, overrideUntil }: ReturnType<typeof accountOf>) => ({
  tier,
  overrideTier,
  overrideReason,
  overrideUntil,
});

const NO_OVERRIDE = { overrideTier: null, overrideReason: null, overrideUntil: null };

describe.each(CONNECTIONS)('an edit of the tier in %s', (connection) => {
  const name = OWN[connection];

  it('becomes a pin of 90 days, told in the three override fields', async () => {
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    expect(word(accountOf(connection, name))).toEqual({
      tier: 'tier_1',
      overrideTier: 'tier_1',
      overrideReason: expect.stringMatching(/no reason given/u),
      overrideUntil: '2027-02-18',
    });
    expect(accountOf(connection, name).reason).toMatch(/^Tier 1 since 20 Nov 2026\./u);
  });

  it("keeps the rep's own reason", async () => {
    edit(connection, name, { tier: 'tier_2', overrideReason: 'Met the CFO' });
    await flow.sync();
    expect(word(accountOf(connection, name))).toMatchObject({
      tier: 'tier_2',
      overrideReason: 'Met the CFO',
    });
  });

  it('reaches the contacts', async () => {
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    const { id } = accountOf(connection, name);
    const contacts = flow
      .crm(connection)
      .contacts()
      .filter(({ accountId }) => accountId === id);
    expect(contacts.map(({ tier }) => tier)).toEqual(['tier_1', 'tier_1']);
  });

  it('stands over the next syncs, which write nothing', async () => {
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    const before = takeSnapshot(flow);
    await flow.sync();
    await flow.sync({ full: true });
    expect(changedSince(before, flow)).toEqual([]);
    await flow.sync({ asOf: '2026-11-24T09:00:00.000Z' });
    expect(word(accountOf(connection, name))).toMatchObject({ tier: 'tier_1', overrideUntil: '2027-02-18' });
  });

  it('holds on its last day and is over on the day after, when the fields that we filled are emptied', async () => {
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    await flow.sync({ asOf: '2027-02-18T09:00:00.000Z' });
    expect(word(accountOf(connection, name))).toMatchObject({ tier: 'tier_1', overrideTier: 'tier_1' });
    await flow.sync({ asOf: '2027-02-19T09:00:00.000Z' });
    expect(word(accountOf(connection, name))).toEqual({ tier: 'tier_3', ...NO_OVERRIDE });
    const before = takeSnapshot(flow);
    await flow.sync({ asOf: '2027-02-19T09:00:00.000Z' });
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('ends when the rep edits the tier back', async () => {
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    edit(connection, name, { tier: 'tier_3' });
    await flow.sync();
    expect(word(accountOf(connection, name))).toEqual({ tier: 'tier_3', ...NO_OVERRIDE });
  });

  it('ends when the rep empties the tier', async () => {
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    edit(connection, name, { tier: null });
    await flow.sync();
    expect(word(accountOf(connection, name))).toEqual({ tier: 'tier_3', ...NO_OVERRIDE });
  });

  it('ends when the rep empties the override', async () => {
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    edit(connection, name, { overrideTier: null });
    await flow.sync();
    expect(accountOf(connection, name)).toMatchObject({ tier: 'tier_3', overrideTier: null });
    const before = takeSnapshot(flow);
    await flow.sync();
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('may be made again after it was ended', async () => {
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    edit(connection, name, { overrideTier: null });
    await flow.sync();
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    expect(word(accountOf(connection, name))).toMatchObject({ tier: 'tier_1', overrideTier: 'tier_1' });
  });

  it('gives way to the next edit', async () => {
    edit(connection, name, { tier: 'tier_1' });
    await flow.sync();
    edit(connection, name, { tier: 'tier_2' });
    await flow.sync({ asOf: '2026-11-25T09:00:00.000Z' });
    expect(word(accountOf(connection, name))).toMatchObject({
      tier: 'tier_2',
      overrideTier: 'tier_2',
      overrideUntil: '2027-02-23',
    });
  });
});

describe.each(CONNECTIONS)('an override set by a rep in %s', (connection) => {
  const other = connection === 'sf' ? 'hs' : 'sf';

  it('is honoured on every record of the company, in both CRMs', async () => {
    edit(connection, 'Abalone', { overrideTier: 'at_least_tier_2', overrideReason: 'Board member knows us' });
    await flow.sync();
    expect(accountOf(connection, 'Abalone').tier).toBe('tier_2');
    expect(accountOf(other, 'Abalone').tier).toBe('tier_2');
    const contacts = [...flow.sf.contacts(), ...flow.hs.contacts()].filter(
      ({ key }) => key === accountOf('sf', 'Abalone').key,
    );
    expect(contacts.map(({ tier }) => tier)).toEqual(['tier_2', 'tier_2', 'tier_2', 'tier_2']);
  });

  it('is left as the rep wrote it', async () => {
    edit(connection, 'Abalone', {
      overrideTier: 'tier_1',
      overrideReason: 'Pilot',
      overrideUntil: '2026-12-24',
    });
    await flow.sync();
    await flow.sync();
    expect(word(accountOf(connection, 'Abalone'))).toEqual({
      tier: 'tier_1',
      overrideTier: 'tier_1',
      overrideReason: 'Pilot',
      overrideUntil: '2026-12-24',
    });
    expect(word(accountOf(other, 'Abalone'))).toEqual({ tier: 'tier_1', ...NO_OVERRIDE });
  });

  it('loses its force after its last day but is left standing until people clear it', async () => {
    edit(connection, 'Abalone', { overrideTier: 'tier_1', overrideUntil: '2026-11-27' });
    await flow.sync();
    await flow.sync({ asOf: '2026-11-27T09:00:00.000Z' });
    expect(accountOf(connection, 'Abalone').tier).toBe('tier_1');
    await flow.sync({ asOf: '2026-11-28T09:00:00.000Z' });
    expect(word(accountOf(connection, 'Abalone'))).toMatchObject({
      tier: 'tier_3',
      overrideTier: 'tier_1',
      overrideUntil: '2026-11-27',
    });
  });

  it('excludes the company', async () => {
    edit(connection, 'Abalone', { overrideTier: 'excluded' });
    await flow.sync();
    expect(accountOf('sf', 'Abalone').tier).toBe('excluded');
    expect(accountOf('hs', 'Abalone').tier).toBe('excluded');
  });

  it('is over when the rep empties it', async () => {
    edit(connection, 'Abalone', { overrideTier: 'tier_1' });
    await flow.sync();
    edit(connection, 'Abalone', { overrideTier: null });
    await flow.sync();
    expect(accountOf('sf', 'Abalone').tier).toBe('tier_3');
    expect(accountOf('hs', 'Abalone').tier).toBe('tier_3');
  });
});

it('lets the newest of two overrides count', async () => {
  edit('hs', 'Abalone', { overrideTier: 'tier_2' });
  edit('sf', 'Abalone', { overrideTier: 'tier_1' });
  await flow.sync();
  expect(accountOf('sf', 'Abalone').tier).toBe('tier_1');
  expect(accountOf('hs', 'Abalone').tier).toBe('tier_1');
});
