// Of the records of one company one is worked: the one with the open deal, else with most contacts. What happens to tasks and
// programs when another record becomes the one.
import { describe, expect, it } from 'vitest';
import { type CastMember, castMarket } from './cast.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

const people = (names: readonly string[]) =>
  names.map((name) => ({ name, title: name === 'Lindqvist' ? 'Vice President Operations' : 'IT Manager' }));

const member = (crm: 'salesforce' | 'hubspot', names: readonly string[]): CastMember => ({
  name: 'Abalone',
  plays: 'tier_2',
  demoDaysAgo: 1,
  company: { crms: [crm], people: people(names), deals: [] },
});

const openTasks = (flow: Flow) => [...flow.sf.tasks(), ...flow.hs.tasks()].filter(({ isDone }) => !isDone);
const statuses = (flow: Flow, connection: 'sf' | 'hs') =>
  new Set(
    flow
      .crm(connection)
      .programs()
      .map(({ status }) => status),
  );

async function moveToHubspot(): Promise<Flow> {
  const flow = await startFlow(
    castMarket(AS_OF, [member('salesforce', ['Lindqvist', 'Moreau']), member('hubspot', ['Lindqvist'])]),
  );
  await flow.sync();
  const [company] = flow.hs.accounts();
  for (const name of ['Novak', 'Okoro']) {
    const email = `${name.toLowerCase()}@abalone.com`;
    const contact = flow.hubspot.portal.insert('contacts', { lastname: name, email });
    const pair = [
      { type: 'contacts', id: contact.id },
      { type: 'companies', id: company?.id ?? '' },
    ] as const;
    flow.hubspot.portal.associate(...pair);
    flow.hubspot.portal.associate(...pair, 'Primary');
  }
  return flow;
}

describe('a company whose other CRM has more contacts now', () => {
  it('is worked where most contacts are at first', async () => {
    const flow = await startFlow(
      castMarket(AS_OF, [member('salesforce', ['Lindqvist', 'Moreau']), member('hubspot', ['Lindqvist'])]),
    );
    await flow.sync();
    expect(flow.sf.tasks()).toHaveLength(1);
    expect(flow.hs.tasks()).toEqual([]);
    expect(statuses(flow, 'sf')).toEqual(new Set(['Offered']));
    expect(flow.hs.programs()).toEqual([]);
  });

  it('gets no second task while the first is open', async () => {
    const flow = await moveToHubspot();
    await flow.sync();
    expect(openTasks(flow).map(({ key }) => key.split(':')[0])).toEqual(['sf']);
  });

  it('gets its menu there, and the offers on the other record expire', async () => {
    const flow = await moveToHubspot();
    await flow.sync();
    expect(statuses(flow, 'hs')).toEqual(new Set(['Offered']));
    expect(statuses(flow, 'sf')).toEqual(new Set(['Expired']));
    const before = takeSnapshot(flow);
    await flow.sync();
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('keeps what was ordered on the other record', async () => {
    const flow = await moveToHubspot();
    const row = flow.sf.programs().find(({ program }) => program === 'small_mailer');
    const at = new Date(Date.now() + 2500);
    flow.salesforce.org.editAsHuman('Tierline_Program__c', row?.id ?? '', { Requested__c: true }, { at });
    await flow.sync();
    const kept = flow.sf.programs().filter(({ status }) => status !== 'Expired');
    expect(kept.map(({ program }) => program)).toEqual(['small_mailer']);
  });

  it('has the old task closed when its cause is over', async () => {
    const flow = await moveToHubspot();
    await flow.sync();
    const [company] = flow.hs.accounts();
    await flow.sync({ asOf: '2026-12-20T09:00:00.000Z' });
    // The demo is long ago; what is asked for now is asked for where the company is worked now.
    expect(flow.sf.tasks().map(({ isDone }) => isDone)).toEqual([true]);
    expect(openTasks(flow).map(({ key }) => key)).toEqual([
      `hs:${company?.id}:intent_not_engaged:2026-12-20`,
    ]);
  });
});

describe('a deal that moves to the duplicate of an account', () => {
  it('takes programs with it, and leaves the open task', async () => {
    const flow = await startFlow(
      castMarket(AS_OF, [
        { name: 'Abalone', plays: 'tier_1', company: { crms: ['salesforce'] } },
        { name: 'Abalone', plays: 'tier_1', company: { crms: ['salesforce'], deals: [], people: [] } },
      ]),
    );
    await flow.sync();
    const [worked] = flow.sf.tasks();
    const other = flow.sf.accounts().find(({ id }) => id !== worked?.accountId);
    const [deal] = flow.salesforce.org.records('Opportunity');
    flow.salesforce.org.editAsHuman('Opportunity', String(deal?.['Id']), { AccountId: other?.id ?? '' });
    await flow.sync();
    expect(flow.sf.tasks()).toEqual([worked]);
    const offered = flow.sf.programs().filter(({ status }) => status === 'Offered');
    expect(new Set(offered.map(({ accountId }) => accountId))).toEqual(new Set([other?.id]));
    expect(offered.length).toBeGreaterThan(5);
  });
});
