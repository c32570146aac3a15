// Salesforce leads: where a workspace maps them they get the key of their company; where it does not, nobody reads them.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { castMarket } from './cast.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';

const MAPPING = readFileSync(
  new URL('../../mappings/optional/salesforce/lead.yaml', import.meta.url),
  'utf8',
);
const cast = () =>
  castMarket(AS_OF, [
    { name: 'Abalone', plays: 'tier_3', company: { crms: ['salesforce'] } },
    { name: 'Bergamot', plays: 'tier_3', company: { crms: ['salesforce'] } },
  ]);

function insertLead(flow: Flow, fields: Readonly<Record<string, string>>): string {
  return flow.salesforce.org.insert('Lead', { LastName: 'Somebody', Company: 'n/a', ...fields });
}

const keyOf = (flow: Flow, name: string) => flow.sf.accounts().find((account) => account.name === name)?.key;

describe('mapped leads', () => {
  let flow: Flow;
  let leads: Readonly<Record<'byMail' | 'byName' | 'stranger', string>>;
  const keyOfLead = (id: string) => flow.salesforce.org.find('Lead', id)?.['Tierline_Company_Key__c'] ?? null;

  beforeAll(async () => {
    flow = await startFlow({ ...cast(), mappings: { 'salesforce/lead.yaml': MAPPING } });
    leads = {
      byMail: insertLead(flow, { Email: 'ann@abalone.com' }),
      byName: insertLead(flow, { Email: 'bo@gmail.com', Company: 'Bergamot', Country: 'US' }),
      stranger: insertLead(flow, { Email: 'cy@gmail.com', Company: 'Nobody Knows Ltd' }),
    };
  });

  it('get the key of the company of their mail, else of the name they typed, else none', async () => {
    const run = await flow.sync();
    expect(run.exitCode).toBe(0);
    expect(keyOfLead(leads.byMail)).toBe(keyOf(flow, 'Abalone'));
    expect(keyOfLead(leads.byName)).toBe(keyOf(flow, 'Bergamot'));
    expect(keyOfLead(leads.stranger)).toBeNull();
    const { pulled, changes, written, unchanged, skipped, failed } = run.of('sf');
    expect({ pulled: pulled.lead, changed: changes.lead }).toEqual({ pulled: 3, changed: { update: 2 } });
    // Two accounts, four contacts and three leads, each counted once, and the tasks and programs that were made.
    const made = changes.task.create + changes.program.create;
    expect(written + unchanged + skipped + failed).toBe(9 + made);
  });

  it('are written once', async () => {
    const run = await flow.sync();
    expect(run.of('sf')).toMatchObject({ written: 0, changes: { lead: { update: 0 } } });
  });

  it('follow their company to another key', async () => {
    const at = new Date(Date.now() + 60_000);
    const [abalone] = flow.sf.accounts().filter(({ name }) => name === 'Abalone');
    const bergamot = keyOf(flow, 'Bergamot') ?? '';
    const { org } = flow.salesforce;
    org.editAsHuman('Account', abalone?.id ?? '', { Tierline_Company_Key__c: bergamot }, { at });
    await flow.sync();
    expect(keyOfLead(leads.byMail)).toBe(keyOfLead(leads.byName));
  });
});

it('leaves leads alone where they are not mapped', async () => {
  const flow = await startFlow(cast());
  const id = insertLead(flow, { Email: 'ann@abalone.com' });
  const calls = await flow.callsDuring(() => flow.sync());
  expect(calls.sf.filter(({ path, query }) => /lead/iu.test(`${path} ${query['q'] ?? ''}`))).toEqual([]);
  expect(flow.salesforce.org.find('Lead', id)).not.toHaveProperty('Tierline_Company_Key__c');
});
