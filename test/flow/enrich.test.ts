// Fields that people and Tierline share: firmographics that go back into the CRM where a mapping gives them a write rule.
import { describe, expect, it } from 'vitest';
import { castMarket, jsonLines } from './cast.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { shippedMapping } from './shipped-mapping.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

type Rule = 'fill_blank' | 'overwrite' | 'newer';

const startWith = (rule: Rule, company: { readonly employees?: number | null }) =>
  startFlow({
    ...castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_3', company: { crms: ['salesforce'], ...company } },
    ]),
    mappings: {
      'salesforce/account.yaml': shippedMapping('salesforce/account.yaml').replace(
        'employees: { crm: NumberOfEmployees, read: true }',
        `employees: { crm: NumberOfEmployees, write: ${rule} }`,
      ),
    },
  });

const employees = (flow: Flow) => flow.sf.accounts()[0]?.employees;
const SOON = () => ({ at: new Date(Date.now() + 2500) });
const edit = (flow: Flow, value: number | null) =>
  flow.salesforce.org.editAsHuman(
    'Account',
    flow.sf.accounts()[0]?.id ?? '',
    { NumberOfEmployees: value },
    SOON(),
  );
const vendorSays = (flow: Flow, value: number | null, observedOn = '2026-11-19') => {
  flow.writeSource(
    'data/firmo.jsonl',
    jsonLines([{ domain: 'abalone.com', employees: value, observed_on: observedOn }]),
  );
};

describe('a field to fill when blank', () => {
  it('is filled from the source', async () => {
    const flow = await startWith('fill_blank', { employees: null });
    await flow.sync();
    expect(employees(flow)).toBe(2000);
  });

  it('keeps what people wrote', async () => {
    const flow = await startWith('fill_blank', { employees: 12 });
    await flow.sync();
    expect(employees(flow)).toBe(12);
  });

  it('stays cleared when a person cleared it', async () => {
    const flow = await startWith('fill_blank', { employees: null });
    await flow.sync();
    edit(flow, null);
    await flow.sync();
    await flow.sync({ full: true, asOf: '2026-11-21T09:00:00.000Z' });
    expect(employees(flow)).toBeNull();
  });

  it('stays as a person corrected it', async () => {
    const flow = await startWith('fill_blank', { employees: null });
    await flow.sync();
    edit(flow, 1900);
    vendorSays(flow, 2500);
    await flow.sync({ asOf: '2026-11-21T09:00:00.000Z' });
    expect(employees(flow)).toBe(1900);
  });
});

describe('a field to overwrite', () => {
  it('follows the source', async () => {
    const flow = await startWith('overwrite', { employees: 12 });
    await flow.sync();
    expect(employees(flow)).toBe(2000);
    vendorSays(flow, 2500);
    await flow.sync({ asOf: '2026-11-21T09:00:00.000Z' });
    expect(employees(flow)).toBe(2500);
  });

  it("keeps a person's edit until the source says something new", async () => {
    const flow = await startWith('overwrite', { employees: 12 });
    await flow.sync();
    edit(flow, 1900);
    await flow.sync({ asOf: '2026-11-21T09:00:00.000Z' });
    expect(employees(flow)).toBe(1900);
    vendorSays(flow, 2500, '2026-11-22');
    await flow.sync({ asOf: '2026-11-22T09:00:00.000Z' });
    expect(employees(flow)).toBe(2500);
  });

  it('is never emptied because the source knows nothing', async () => {
    const flow = await startWith('overwrite', { employees: 12 });
    vendorSays(flow, null);
    await flow.sync();
    expect(employees(flow)).toBe(12);
  });

  it('is not emptied when the source forgets the company', async () => {
    const flow = await startWith('overwrite', { employees: 12 });
    await flow.sync();
    flow.writeSource('data/firmo.jsonl', jsonLines([{ domain: 'elsewhere.com', employees: 3 }]));
    await flow.sync({ asOf: '2026-11-21T09:00:00.000Z' });
    expect(employees(flow)).toBe(2000);
  });
});

describe('a field that takes the newer value', () => {
  it("takes the source's when it was observed after the record last changed", async () => {
    const flow = await startWith('newer', { employees: 12 });
    await flow.sync();
    expect(employees(flow)).toBe(2000);
  });

  it("keeps a person's newer one", async () => {
    const flow = await startWith('newer', { employees: 12 });
    vendorSays(flow, 2000, '2020-01-01');
    await flow.sync();
    expect(employees(flow)).toBe(12);
  });
});

it('writes back no firmographics at all as shipped', async () => {
  const flow = await startFlow(
    castMarket(AS_OF, [{ name: 'Abalone', plays: 'tier_3', company: { employees: null, country: '' } }]),
  );
  await flow.sync();
  expect(flow.sf.accounts()[0]).toMatchObject({ employees: null, industry: null });
  expect(flow.hs.accounts()[0]).toMatchObject({ employees: null, industry: null });
});

describe("a person's buying role", () => {
  it.each(['sf', 'hs'] as const)('stands over what the title suggests in %s', async (connection) => {
    const flow = await startFlow(castMarket(AS_OF, [{ name: 'Abalone', plays: 'tier_3' }]));
    await flow.sync();
    const contact = flow
      .crm(connection)
      .contacts()
      .find(({ role }) => role === 'decision_maker');
    const id = contact?.id ?? '';
    if (connection === 'sf')
      flow.salesforce.org.editAsHuman('Contact', id, { Tierline_Buying_Role__c: 'champion' }, SOON());
    else flow.hubspot.portal.editAsHuman('contacts', id, { tierline_buying_role: 'champion' });
    await flow.sync();
    const before = takeSnapshot(flow);
    await flow.sync({ full: true, asOf: '2026-11-21T09:00:00.000Z' });
    expect(
      flow
        .crm(connection)
        .contacts()
        .find((one) => one.id === id)?.role,
    ).toBe('champion');
    expect(changedSince(before, flow)).toEqual([]);
  });

  it.each(['sf', 'hs'] as const)('stays empty when a person emptied it in %s', async (connection) => {
    const flow = await startFlow(castMarket(AS_OF, [{ name: 'Abalone', plays: 'tier_3' }]));
    await flow.sync();
    const id = flow.crm(connection).contacts()[0]?.id ?? '';
    if (connection === 'sf')
      flow.salesforce.org.editAsHuman('Contact', id, { Tierline_Buying_Role__c: null }, SOON());
    else flow.hubspot.portal.editAsHuman('contacts', id, { tierline_buying_role: '' });
    await flow.sync();
    await flow.sync({ full: true });
    expect(
      flow
        .crm(connection)
        .contacts()
        .find((one) => one.id === id)?.role,
    ).toBeNull();
  });
});
