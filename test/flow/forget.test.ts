// A person is forgotten in a workspace that real runs have filled, and the next runs go on without them (invariants D1 and D2).
import { beforeAll, describe, expect, it } from 'vitest';
import { forgetPerson } from '#pipeline/forget-person.ts';
import { dump } from '#test/store/person-everywhere.ts';
import { castMarket } from './cast.ts';
import type { ContactView } from './crm-view.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';

const author = { kind: 'command-line', id: 'tester', requestId: null } as const;
const LATER = '2026-11-21T09:00:00.000Z';

let flow: Flow;
let person: ContactView;

beforeAll(async () => {
  flow = await startFlow(
    castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_1', demoDaysAgo: 3 },
      { name: 'Bergamot', plays: 'tier_3' },
    ]),
  );
  await flow.sync();
  const engaged = flow.sf.contacts().find(({ email }) => email?.endsWith('@abalone.com'));
  if (engaged === undefined) throw new Error('nobody is at Abalone');
  person = engaged;
});

/** Tables in which the address or the Salesforce id stands. */
async function tablesWithPerson(): Promise<readonly string[]> {
  return [...(await dump(flow))].filter(([, rows]) => rows.some(isAbout)).map(([table]) => table);
}

function isAbout(row: string): boolean {
  return row.includes(person.email ?? '') || row.includes(person.id);
}

const accounts = () => [...flow.sf.accounts(), ...flow.hs.accounts()].map(({ id, key }) => ({ id, key }));

describe('a person whom runs have read, scored and written', () => {
  it('is in no table once forgotten', async () => {
    expect(await tablesWithPerson()).toEqual(
      expect.arrayContaining(['changes', 'ledger', 'memberships', 'records', 'results', 'source_rows']),
    );
    const { effect, removed, stillIn, sources } = await flow.withSession((session) =>
      forgetPerson(session, person.email ?? '', { dryRun: false, author }),
    );
    expect(effect).toBe('now');
    expect(removed).toMatchObject({ records: 2, changes: 2, written: 2 });
    expect(stillIn.map(({ connection, object }) => `${connection} ${object}`)).toEqual([
      'hs contact',
      'sf contact',
    ]);
    expect(sources).toEqual(['web']);
    expect(await tablesWithPerson()).toEqual([]);
  });

  it('stays away from the next syncs once deleted in the CRMs, and companies keep their keys', async () => {
    flow.salesforce.org.remove(person.id);
    const double = flow.hs.contacts().find(({ email }) => email === person.email);
    flow.hubspot.portal.archive('contacts', double?.id ?? '');
    await flow.withSession((session) => forgetPerson(session, person.email ?? '', { dryRun: false, author }));
    const before = accounts();
    for (const full of [false, true]) {
      const { exitCode, report } = await flow.sync({ asOf: LATER, full });
      expect({ exitCode, failures: report.failures }).toEqual({ exitCode: 0, failures: [] });
      // Salesforce tells of deleted records with all their fields.
      expect(await tablesWithPerson()).toEqual([]);
    }
    expect(accounts()).toEqual(before);
  });
});
