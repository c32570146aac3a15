// `setup`: what it makes, that it says so beforehand, and that a second time changes nothing.
import { beforeEach, describe, expect, it } from 'vitest';
import { castMarket } from './cast.ts';
import { CONNECTIONS } from './crm-view.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { shippedMapping } from './shipped-mapping.ts';

let flow: Flow;

beforeEach(async () => {
  flow = await startFlow({ ...castMarket(AS_OF, [{ name: 'Abalone', plays: 'tier_2' }]), setUp: false });
});

const isChange = ({ method, path }: { readonly method: string; readonly path: string }) =>
  method !== 'GET' && !path.includes('oauth') && !path.endsWith('/search') && !path.endsWith('/batch/read');

const ourProperties = async (type: string) => {
  const response = await fetch(`${flow.hubspot.url}/crm/properties/2026-03/${type}`, {
    headers: { authorization: `Bearer ${flow.hubspot.token}` },
  });
  const { results } = (await response.json()) as { results: readonly { name: string }[] };
  return results.map(({ name }) => name).filter((name) => name.startsWith('tierline_'));
};

it('comes before the first sync, which says so and writes nothing', async () => {
  const run = await flow.sync();
  expect(run.exitCode).toBe(5);
  expect(run.report.failures.map(({ connection, code, next }) => ({ connection, code, next }))).toEqual(
    CONNECTIONS.map((connection) => ({
      connection,
      code: 'config',
      next: expect.stringContaining(`tierline setup --connection ${connection}`),
    })),
  );
  expect(run.report.connections.map(({ written, calls }) => ({ written, write: calls.write }))).toEqual([
    { written: 0, write: 0 },
    { written: 0, write: 0 },
  ]);
});

it('makes nothing on a dry run and says what it would make', async () => {
  const fields = () => flow.salesforce.org.fields('Account').map(({ name }) => name);
  const before = fields();
  const reports = await flow.setUp(true);
  for (const connection of CONNECTIONS) {
    const results = reports[connection].steps.map(({ result }) => result);
    expect(results).toContain('would_create');
    expect(results).not.toContain('created');
  }
  expect(fields()).toEqual(before);
  expect(await ourProperties('companies')).toEqual([]);
});

it('makes the fields of the contract', async () => {
  await flow.setUp();
  const fields = (type: string) =>
    flow.salesforce.org
      .fields(type)
      .map(({ name }) => name)
      .filter((name) => name.startsWith('Tierline_'))
      .toSorted();
  expect(fields('Account')).toEqual([
    'Tierline_Company_Key__c',
    'Tierline_Engagement__c',
    'Tierline_Fit__c',
    'Tierline_Intent__c',
    'Tierline_Next_Step__c',
    'Tierline_Override_Reason__c',
    'Tierline_Override_Tier__c',
    'Tierline_Override_Until__c',
    'Tierline_Review_Date__c',
    'Tierline_Tier_Reason__c',
    'Tierline_Tier_Since__c',
    'Tierline_Tier__c',
  ]);
  expect(fields('Contact')).toEqual([
    'Tierline_Buying_Role__c',
    'Tierline_Company_Key__c',
    'Tierline_Tier__c',
  ]);
  expect(fields('Task')).toEqual(['Tierline_Task_Key__c']);
  expect(new Set(await ourProperties('companies'))).toEqual(
    new Set(
      [
        'company_key',
        'tier',
        'tier_reason',
        'tier_since',
        'review_date',
        'fit',
        'intent',
        'engagement',
        'next_step',
      ]
        .concat([
          'override_tier',
          'override_reason',
          'override_until',
          'programs_requested',
          'programs_status',
        ])
        .map((name) => `tierline_${name}`),
    ),
  );
  expect(new Set(await ourProperties('contacts'))).toEqual(
    new Set(['tierline_company_key', 'tierline_tier', 'tierline_buying_role']),
  );
  expect(await ourProperties('tasks')).toEqual(['tierline_task_key']);
});

it('changes nothing the second time', async () => {
  await flow.setUp();
  let reports: Awaited<ReturnType<Flow['setUp']>> | undefined;
  const calls = await flow.callsDuring(async () => {
    reports = await flow.setUp();
  });
  for (const connection of CONNECTIONS) {
    const results = new Set(reports?.[connection].steps.map(({ result }) => result));
    expect(results).toEqual(new Set(['present']));
  }
  expect(calls.hs.filter(isChange)).toEqual([]);
});

describe('a mapping that names a field of the customer', () => {
  it('is not set up and is written to', async () => {
    const shipped = await startFlow({
      ...castMarket(AS_OF, [{ name: 'Abalone', plays: 'tier_2', company: { crms: ['salesforce'] } }]),
      setUp: false,
      mappings: { 'salesforce/contact.yaml': CONTACT_MAPPING },
    });
    shipped.salesforce.org.createField('Contact.Segment__c', { label: 'Segment', type: 'Text', length: 40 });
    shipped.salesforce.org.grant({ fields: ['Contact.Segment__c'] });
    await shipped.setUp();
    const run = await shipped.sync();
    expect(run.exitCode).toBe(0);
    const contacts = shipped.salesforce.org.records('Contact');
    expect(contacts.map((row) => row['Segment__c'])).toEqual(['B', 'B']);
    expect(shipped.salesforce.org.fields('Contact').map(({ name }) => name)).not.toContain(
      'Tierline_Tier__c',
    );
  });
});

const CONTACT_MAPPING = `
object: Contact
fields:
  lastName: { crm: LastName, read: true }
  email: { crm: Email, read: true }
  title: { crm: Title, read: true }
  accountId: { crm: AccountId, read: true }
  companyKey: { crm: Tierline_Company_Key__c, write: overwrite }
  tier:
    crm: Segment__c
    write: overwrite
    values: { tier_1: A, tier_2: B, tier_3: C, not_tiered: D, unscored: E, excluded: F }
`;

const syncSalesforce = async (one: Flow) => {
  const run = await one.sync({ connections: ['sf'] });
  return {
    exitCode: run.exitCode,
    message: run.report.failures[0]?.message ?? '',
    calls: run.of('sf').calls,
  };
};

const NO_CALLS = { read: 0, write: 0 };

describe('a field that we may not use', () => {
  it('because it is hidden stops its connection before anything is read, and is named', async () => {
    await flow.setUp();
    flow.salesforce.org.hideField('Account', 'NumberOfEmployees');
    const { exitCode, message, calls } = await syncSalesforce(flow);
    expect(exitCode).toBe(5);
    expect(message).toMatch(/Account\.NumberOfEmployees .*hidden from us .*fields\.employees/u);
    expect(calls).toEqual(NO_CALLS);
  });

  it('because it is read only, though the mapping writes it, is named', async () => {
    const writing = await startFlow({
      ...castMarket(AS_OF, [{ name: 'Abalone', plays: 'tier_2' }]),
      mappings: {
        'salesforce/account.yaml': shippedMapping('salesforce/account.yaml').replace(
          'employees: { crm: NumberOfEmployees, read: true }',
          'employees: { crm: NumberOfEmployees, write: fill_blank }',
        ),
      },
    });
    writing.salesforce.org.makeFieldReadOnly('Account', 'NumberOfEmployees');
    const { exitCode, message, calls } = await syncSalesforce(writing);
    expect(exitCode).toBe(5);
    expect(message).toMatch(/Account\.NumberOfEmployees may be read but not written .*fields\.employees/u);
    expect(calls).toEqual(NO_CALLS);
  });

  it('because it is hidden, but optional, is done without', async () => {
    await flow.setUp();
    flow.salesforce.org.hideField('Account', 'Phone');
    const { exitCode } = await syncSalesforce(flow);
    expect(exitCode).toBe(0);
    expect(flow.sf.accounts().map(({ tier }) => tier)).toEqual(['tier_2']);
  });
});
