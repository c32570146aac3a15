// The first sync of a market of which every fact is known, looked at from inside both CRMs.
import { beforeAll, describe, expect, it } from 'vitest';
import { CONNECTIONS, type ConnectionId } from './crm-view.ts';
import { expectTier } from './expected-tier.ts';
import { AS_OF, type Flow, type FlowRun, startFlow } from './flow-fixture.ts';
import { drawCompanies, localPart, RATES, TITLES, type Title, toSources, toWorld } from './random-market.ts';

const SEED = 20_261_120;
const CRM_OF = { sf: 'salesforce', hs: 'hubspot' } as const;

const companies = drawCompanies(SEED);
const expected = new Map(companies.map((company) => [company.name, expectTier(company)]));
let flow: Flow;
let run: FlowRun;

beforeAll(async () => {
  flow = await startFlow({
    world: toWorld(AS_OF, companies),
    sources: toSources(AS_OF, companies),
    settings: { rates: RATES },
  });
  run = await flow.sync();
});

it('draws a market in which every tier occurs', () => {
  const tiers = new Set([...expected.values()].map(({ tier }) => tier));
  expect(tiers).toEqual(new Set(['tier_1', 'tier_2', 'tier_3', 'not_tiered', 'unscored', 'excluded']));
});

describe.each(CONNECTIONS)('the first sync, in %s', (connection: ConnectionId) => {
  const names = companies.filter(({ crms }) => crms.includes(CRM_OF[connection])).map(({ name }) => name);

  it('gives every account the tier that the policy works out to by hand', () => {
    const tiers = flow
      .crm(connection)
      .accounts()
      .filter(({ name }) => expected.has(name));
    expect(tiers).toHaveLength(names.length);
    expect(Object.fromEntries(tiers.map(({ name, tier }) => [name, tier]))).toEqual(
      Object.fromEntries(names.map((name) => [name, expected.get(name)?.tier])),
    );
  });

  it('shows the scores that the tier follows from', () => {
    const scores = flow
      .crm(connection)
      .accounts()
      .filter(({ name }) => expected.has(name))
      .map(({ name, fit, intent, engagement }) => [name, { fit, intent, engagement }] as const);
    expect(Object.fromEntries(scores)).toEqual(
      Object.fromEntries(
        names.map((name) => {
          const { fit, intent, engagement } = expected.get(name) ?? {};
          return [name, { fit, intent, engagement }];
        }),
      ),
    );
  });

  it('leaves no account without key, tier, day and a reason that fits its field', () => {
    for (const account of flow.crm(connection).accounts()) {
      expect(account.key).toMatch(/^co_[0-9a-z]{16}$/u);
      expect(account.since).toBe('2026-11-20');
      expect(account.reason).not.toBeNull();
      expect(account.reason?.length).toBeLessThanOrEqual(255);
      expect(account.nextStep).not.toBeNull();
      expect(account.nextStep?.length).toBeLessThanOrEqual(255);
    }
  });

  it('begins each reason with the tier and its day', () => {
    const labels: Readonly<Record<string, string>> = {
      tier_1: 'Tier 1',
      tier_2: 'Tier 2',
      tier_3: 'Tier 3',
      not_tiered: 'Not tiered',
      unscored: 'Unscored',
      excluded: 'Excluded',
    };
    for (const { tier, reason } of flow.crm(connection).accounts())
      expect(reason).toMatch(new RegExp(`^${labels[tier ?? '']} since 20 Nov 2026[.:] ?`, 'u'));
  });

  it("gives every contact its account's key and tier", () => {
    const accounts = new Map(
      flow
        .crm(connection)
        .accounts()
        .map((account) => [account.id, account]),
    );
    const contacts = flow.crm(connection).contacts();
    expect(contacts.length).toBeGreaterThan(50);
    for (const { accountId, key, tier } of contacts) {
      const account = accounts.get(accountId ?? '');
      expect({ key, tier }).toEqual({ key: account?.key, tier: account?.tier });
    }
  });

  it('suggests the buying role that a title stands for', () => {
    const roleOf = new Map(
      (Object.keys(TITLES) as Title[]).map((title) => [localPart(title), TITLES[title]]),
    );
    for (const { email, role } of flow.crm(connection).contacts())
      expect(role).toBe(roleOf.get(email?.split('@')[0] ?? ''));
  });

  it('accounts for every planned record in the counts of --json', () => {
    const report = run.of(connection);
    const accounts = flow.crm(connection).accounts().length;
    const contacts = flow.crm(connection).contacts().length;
    const tasks = report.changes.task.create + report.changes.task.close;
    const programs = report.changes.program.create + report.changes.program.update;
    const { written, unchanged, skipped, failed } = report;
    expect(written + unchanged + skipped + failed).toBe(accounts + contacts + tasks + programs);
    expect(Object.values(report.tiers).reduce((sum, count) => sum + count, 0)).toBe(accounts);
    expect(report.failed).toBe(0);
  });

  it('counts the tiers as the CRM now shows them', () => {
    const shown = { 'Tier 1': 0, 'Tier 2': 0, 'Tier 3': 0, 'Not tiered': 0, Unscored: 0, Excluded: 0 };
    const labelOf = (code: string | null) =>
      Object.keys(shown).find(
        (label) => label.toLowerCase().replaceAll(' ', '_') === code,
      ) as keyof typeof shown;
    for (const { tier } of flow.crm(connection).accounts()) shown[labelOf(tier)] += 1;
    expect(run.of(connection).tiers).toEqual(shown);
  });

  it('made the tasks and rows that it says it made', () => {
    const { task, program } = run.of(connection).changes;
    const waiting = run.report.failures.filter(
      (failure) => failure.connection === connection && failure.object === 'task',
    );
    expect(flow.crm(connection).tasks()).toHaveLength(task.create - waiting.length);
    // HubSpot has no rows: there the programs are a text of the company.
    expect(program.create).toBe(connection === 'sf' ? flow.sf.programs().length : 0);
  });
});

it('knows a company that stands in both CRMs by one key and one tier', () => {
  const inHubspot = new Map(flow.hs.accounts().map((account) => [account.name, account]));
  const both = flow.sf.accounts().filter(({ name }) => inHubspot.has(name));
  expect(both.length).toBeGreaterThan(15);
  for (const { name, key, tier } of both) {
    expect({ name, key, tier }).toEqual({
      name,
      key: inHubspot.get(name)?.key,
      tier: inHubspot.get(name)?.tier,
    });
  }
});

it('gives no two companies one key', () => {
  const names = new Map<string, string>();
  for (const { key, name } of [...flow.sf.accounts(), ...flow.hs.accounts()]) {
    expect(names.get(key ?? '') ?? name).toBe(name);
    names.set(key ?? '', name);
  }
});
