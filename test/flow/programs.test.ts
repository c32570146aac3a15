// The checklist of programs: what is offered, ordered, approved, and what becomes of it when the tier or the cycle moves on.
import { beforeEach, describe, expect, it } from 'vitest';
import { castMarket } from './cast.ts';
import { CONNECTIONS, type ConnectionId } from './crm-view.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

/** A short catalogue, so that a test can name all of it. */
const PROGRAMS = `
programs:
  - { id: research_brief, name: Brief, tier: tier_1, channel: research, by: SDR, cost: 0, approval: none, dueDays: 5 }
  - { id: bespoke_content, name: Content, tier: tier_1, channel: content, by: marketing, cost: 2000, approval: marketing, dueDays: 21 }
  - { id: small_gift, name: Gift, tier: tier_1, channel: gift, by: SDR, cost: 40, approval: auto, autoUpTo: 50, dueDays: 7 }
  - { id: large_gift, name: Hamper, tier: tier_1, channel: gift, by: SDR, cost: 90, approval: auto, autoUpTo: 50, dueDays: 7 }
  - { id: yearly_review, name: Review, tier: tier_1, channel: crm, by: SDR, cost: 0, approval: marketing, dueDays: 30, cycle: year }
  - { id: dropped, name: Dropped, tier: tier_1, channel: ads, by: marketing, cost: 0, approval: none, dueDays: 5, retired: true }
  - { id: list_ads, name: Ads, tier: tier_2, channel: ads, by: marketing, cost: 20, approval: marketing, dueDays: 10 }
  - { id: newsletter, name: Newsletter, tier: tier_3, channel: email, by: marketing, cost: 0, approval: none, dueDays: 1 }
`;
const TIER_1 = ['bespoke_content', 'large_gift', 'research_brief', 'small_gift', 'yearly_review'];

let flow: Flow;

beforeEach(async () => {
  const cast = castMarket(AS_OF, [
    { name: 'Abalone', plays: 'tier_1', company: { crms: ['salesforce'] } },
    { name: 'Bergamot', plays: 'tier_1', company: { crms: ['hubspot'] } },
    { name: 'Cobaltine', plays: 'tier_2', company: { crms: ['salesforce'] } },
    { name: 'Dovetail', plays: 'tier_2', company: { crms: ['hubspot'] } },
    { name: 'Elderwick', plays: 'tier_3' },
  ]);
  flow = await startFlow({ ...cast, mappings: { 'programs.yaml': PROGRAMS } });
  await flow.sync();
});

const TIER_1_ACCOUNT = { sf: 'Abalone', hs: 'Bergamot' } as const;
const TIER_2_ACCOUNT = { sf: 'Cobaltine', hs: 'Dovetail' } as const;

const idOf = (connection: ConnectionId, name: string): string =>
  flow
    .crm(connection)
    .accounts()
    .find((account) => account.name === name)?.id ?? '';

const checklist = (connection: ConnectionId, name: string) =>
  flow
    .crm(connection)
    .programs()
    .filter(({ accountId }) => accountId === idOf(connection, name))
    .map(({ program, status, dueOn }) =>
      dueOn === null ? `${program}: ${status}` : `${program}: ${status} ${dueOn}`,
    )
    .toSorted();

const offered = (programs: readonly string[]) => programs.map((program) => `${program}: Offered`);

function tick(connection: ConnectionId, name: string, programs: readonly string[]): void {
  const accountId = idOf(connection, name);
  if (connection === 'hs') {
    flow.hubspot.portal.editAsHuman('companies', accountId, {
      tierline_programs_requested: programs.join(';'),
    });
    return;
  }
  for (const row of flow.sf.programs().filter((one) => one.accountId === accountId)) {
    const values = { Requested__c: programs.includes(row.program) };
    flow.salesforce.org.editAsHuman('Tierline_Program__c', row.id ?? '', values, {
      at: new Date(Date.now() + 2500),
    });
  }
}

function setTier(connection: ConnectionId, name: string, tier: 'tier_1' | 'tier_2'): void {
  const id = idOf(connection, name);
  if (connection === 'hs') flow.hubspot.portal.editAsHuman('companies', id, { tierline_tier: tier });
  else {
    const label = tier === 'tier_1' ? 'Tier 1' : 'Tier 2';
    flow.salesforce.org.editAsHuman(
      'Account',
      id,
      { Tierline_Tier__c: label },
      { at: new Date(Date.now() + 2500) },
    );
  }
}

describe.each(CONNECTIONS)('the checklist in %s', (connection) => {
  const tier1 = TIER_1_ACCOUNT[connection];

  it("offers the menu of the account's own tier, and none below Tier 2", () => {
    expect(checklist(connection, tier1)).toEqual(offered(TIER_1));
    expect(checklist(connection, TIER_2_ACCOUNT[connection])).toEqual(['list_ads: Offered']);
    expect(checklist(connection, 'Elderwick')).toEqual([]);
  });

  it('approves a tick at once where nobody has to, and lets the rest wait', async () => {
    tick(connection, tier1, ['research_brief', 'small_gift', 'large_gift', 'bespoke_content']);
    await flow.sync();
    expect(checklist(connection, tier1)).toEqual([
      'bespoke_content: Requested',
      'large_gift: Requested',
      'research_brief: Approved 2026-11-25',
      'small_gift: Approved 2026-11-27',
      'yearly_review: Offered',
    ]);
  });

  it('stands still when nobody touches it', async () => {
    tick(connection, tier1, ['research_brief', 'bespoke_content']);
    await flow.sync();
    const before = takeSnapshot(flow);
    await flow.sync();
    await flow.sync({ full: true });
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('takes a request back when it is unticked, but no approval', async () => {
    tick(connection, tier1, ['research_brief', 'bespoke_content']);
    await flow.sync();
    tick(connection, tier1, []);
    await flow.sync();
    expect(checklist(connection, tier1)).toEqual([
      'bespoke_content: Offered',
      'large_gift: Offered',
      'research_brief: Approved 2026-11-25',
      'small_gift: Offered',
      'yearly_review: Offered',
    ]);
  });

  it('drops what nobody ordered when the account changes its tier, and keeps the orders', async () => {
    tick(connection, tier1, ['research_brief', 'bespoke_content']);
    await flow.sync();
    setTier(connection, tier1, 'tier_2');
    await flow.sync();
    const standing = checklist(connection, tier1).filter((line) => !line.endsWith('Expired'));
    expect(standing).toEqual([
      'bespoke_content: Requested',
      'list_ads: Offered',
      'research_brief: Approved 2026-11-25',
    ]);
  });

  it('offers again what it dropped when the account comes back', async () => {
    setTier(connection, tier1, 'tier_2');
    await flow.sync();
    setTier(connection, tier1, 'tier_1');
    await flow.sync();
    const standing = checklist(connection, tier1).filter((line) => !line.endsWith('Expired'));
    expect(standing).toEqual(offered(TIER_1));
  });
});

const rows = () => flow.sf.programs().filter(({ accountId }) => accountId === idOf('sf', 'Abalone'));

describe('the rows in Salesforce', () => {
  it('bear the account, the program and the start of the cycle as their key', () => {
    const id = idOf('sf', 'Abalone');
    expect(rows().map(({ key }) => key)).toEqual([
      `${id}:bespoke_content:2026-10-01`,
      `${id}:large_gift:2026-10-01`,
      `${id}:research_brief:2026-10-01`,
      `${id}:small_gift:2026-10-01`,
      `${id}:yearly_review:2026-01-01`,
    ]);
  });

  it('are never unticked by us', async () => {
    tick('sf', 'Abalone', ['research_brief']);
    await flow.sync();
    setTier('sf', 'Abalone', 'tier_2');
    await flow.sync();
    const ticked = flow.salesforce.org
      .records('Tierline_Program__c')
      .filter((row) => row['Requested__c'] === true);
    expect(ticked.map((row) => row['Program__c'])).toEqual(['research_brief']);
  });

  it('keep the status that people set', async () => {
    const set = (program: string, status: string) => {
      const row = rows().find((one) => one.program === program);
      const at = new Date(Date.now() + 2500);
      flow.salesforce.org.editAsHuman('Tierline_Program__c', row?.id ?? '', { Status__c: status }, { at });
    };
    set('bespoke_content', 'Approved');
    set('large_gift', 'Declined');
    set('small_gift', 'Delivered');
    await flow.sync();
    await flow.sync();
    expect(checklist('sf', 'Abalone')).toEqual([
      'bespoke_content: Approved',
      'large_gift: Declined',
      'research_brief: Offered',
      'small_gift: Delivered',
      'yearly_review: Offered',
    ]);
  });

  it('stay deleted when a person deleted one', async () => {
    flow.salesforce.org.remove(rows()[0]?.id ?? '');
    await flow.sync();
    await flow.sync({ full: true });
    expect(rows().map(({ program }) => program)).toEqual(TIER_1.slice(1));
  });

  it('begin anew with the quarter, while the old offers expire and the year goes on', async () => {
    tick('sf', 'Abalone', ['bespoke_content']);
    await flow.sync();
    await flow.sync({ asOf: '2027-01-04T09:00:00.000Z' });
    const id = idOf('sf', 'Abalone');
    expect(Object.fromEntries(rows().map(({ key, status }) => [key?.slice(id.length + 1), status]))).toEqual({
      'bespoke_content:2026-10-01': 'Requested',
      'large_gift:2026-10-01': 'Expired',
      'research_brief:2026-10-01': 'Expired',
      'small_gift:2026-10-01': 'Expired',
      'yearly_review:2026-01-01': 'Expired',
      'bespoke_content:2027-01-01': 'Offered',
      'large_gift:2027-01-01': 'Offered',
      'research_brief:2027-01-01': 'Offered',
      'small_gift:2027-01-01': 'Offered',
      'yearly_review:2027-01-01': 'Offered',
    });
  });
});

const text = () =>
  flow.hubspot.portal.record('companies', idOf('hs', 'Bergamot'))?.properties['tierline_programs_status'];

describe('the text in HubSpot', () => {
  it('has a sorted line a program', () => {
    expect(text()).toBe(offered(TIER_1).join('\n'));
  });

  it('tells when an order is due', async () => {
    tick('hs', 'Bergamot', ['research_brief']);
    await flow.sync();
    expect(text()?.split('\n')).toContain('research_brief: Approved (due 2026-11-25)');
  });

  it('leaves the ticks of people alone', async () => {
    tick('hs', 'Bergamot', ['research_brief', 'bespoke_content']);
    await flow.sync();
    setTier('hs', 'Bergamot', 'tier_2');
    await flow.sync();
    const ticks = flow.hubspot.portal.record('companies', idOf('hs', 'Bergamot'))?.properties[
      'tierline_programs_requested'
    ];
    expect(new Set(ticks?.split(';'))).toEqual(new Set(['research_brief', 'bespoke_content']));
  });
});
