// The commands on a workspace, one after the other, as somebody who begins with Tierline would type them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { castMarket } from '#test/flow/cast.ts';
import { AS_OF, type Flow, startFlow } from '#test/flow/flow-fixture.ts';
import { changedSince, takeSnapshot } from '#test/flow/snapshot.ts';
import { type CliResult, runCli } from './spawn-cli.ts';

const TIMEOUT_MS = 60_000;
let flow: Flow;

const cli = (...args: readonly string[]): Promise<CliResult> =>
  runCli([...args, '--workspace', flow.folder], { env: { NO_COLOR: '1' } });

const jsonOf = ({ stdout }: CliResult): unknown => JSON.parse(stdout);

beforeAll(async () => {
  const cast = castMarket(AS_OF, [
    { name: 'Abalone', plays: 'tier_1' },
    { name: 'Bergamot', plays: 'tier_2', company: { crms: ['salesforce'] } },
    { name: 'Cobaltine', plays: 'tier_3', company: { crms: ['hubspot'] } },
  ]);
  flow = await startFlow({ ...cast, setUp: false });
}, TIMEOUT_MS);

describe('on a new workspace', { timeout: TIMEOUT_MS }, () => {
  it('`check` says what is missing and how to make it', async () => {
    const result = await cli('check');
    expect(result.exitCode).toBe(5);
    expect(result.stdout).toContain('Account.Tierline_Tier__c');
    expect(result.stdout).toContain('tierline setup --connection sf');
    expect(result.stdout).toContain('tierline setup --connection hs');
  });

  it('`setup --dry-run` says what it would make', async () => {
    const result = await cli('setup', '--connection', 'sf', '--dry-run');
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/would create .*Tierline_Tier__c/u);
    expect(flow.salesforce.org.fields('Account').some(({ name }) => name.startsWith('Tierline'))).toBe(false);
  });

  it('`setup` makes it and lists what is left for people', async () => {
    for (const connection of ['sf', 'hs']) {
      const result = await cli('setup', '--connection', connection, '--layouts', 'all');
      expect(result.exitCode).toBe(0);
      expect(result.stdout).toMatch(/^created /mu);
      expect(result.stdout).toContain('Left for people to do:');
    }
  });

  it('`setup --json` prints one document', async () => {
    const document = jsonOf(await cli('setup', '--connection', 'hs', '--json')) as {
      schema: string;
      steps: { result: string }[];
    };
    expect(document.schema).toBe('tierline.setup/1');
    expect(new Set(document.steps.map(({ result }) => result))).toEqual(new Set(['present']));
  });

  it('`check` is content', async () => {
    const result = await cli('check', '--json');
    expect(result.exitCode).toBe(0);
    expect(jsonOf(result)).toMatchObject({
      schema: 'tierline.check/1',
      connections: [
        { id: 'sf', failure: null },
        { id: 'hs', failure: null },
      ],
      sources: [{ id: 'firmo', refused: 0 }, { id: 'surge' }, { id: 'web' }],
    });
  });

  it('`explain` of an account that was never tiered says so', async () => {
    const result = await cli('explain', 'Abalone');
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/tierline sync/u);
  });

  it('`plan` prints record, field, now and after, and writes nothing', async () => {
    const before = takeSnapshot(flow);
    const text = await cli('plan', '--as-of', AS_OF);
    expect(text.exitCode).toBe(0);
    expect(text.stdout).toMatch(/sf account \w+ +Abalone\n(?: .*\n)* {2}tier: \(empty\) → tier_1/u);
    expect(text.stderr).toMatch(/tierline sync --approve \d{8}-\d{6}-\w+/u);
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('`plan --json` and `sync --approve` go together', async () => {
    const plan = jsonOf(await cli('plan', '--as-of', AS_OF, '--json')) as {
      schema: string;
      run: string;
      changes: { id: string; field: string; after: unknown }[];
    };
    expect(plan.schema).toBe('tierline.plan/1');
    expect(plan.changes[0]).toEqual({
      id: expect.any(String),
      connection: expect.any(String),
      object: expect.any(String),
      recordId: expect.any(String),
      name: expect.any(String),
      field: expect.any(String),
      now: null,
      after: expect.anything(),
      why: expect.any(String),
    });
    expect(new Set(plan.changes.map(({ id }) => id)).size).toBe(plan.changes.length);

    const applied = await cli('sync', '--approve', plan.run, '--as-of', AS_OF, '--json');
    expect(applied.exitCode).toBe(0);
    expect(jsonOf(applied)).toMatchObject({
      schema: 'tierline.sync/1',
      mode: 'approved',
      held: null,
      failures: [],
    });
    expect(flow.sf.accounts().map(({ name, tier }) => [name, tier])).toEqual([
      ['Abalone', 'tier_1'],
      ['Bergamot', 'tier_2'],
    ]);
  });

  it('`sync` afterwards has nothing to write and shows the tiers', async () => {
    const before = takeSnapshot(flow);
    const result = await cli('sync', '--as-of', AS_OF);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/^sf +1 +1 +0 +0 +0 +0$/mu);
    expect(result.stdout).toMatch(/^hs: .* 0 written, \d+ unchanged, 0 skipped, 0 failed/mu);
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('`explain` shows the inputs with source and date, and what is worked', async () => {
    const result = await cli('explain', 'abalone.com');
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/^Abalone: Tier 1/u);
    expect(result.stdout).toMatch(/\(worked\)/u);
    expect(result.stdout).toMatch(/"erp migration" .*seen 2026-11-18 \(surge\)/u);
    expect(result.stdout).toMatch(/industry .*Software .*firmo, 2026-11-10/u);
    const document = jsonOf(await cli('explain', flow.sf.accounts()[0]?.key ?? '', '--json')) as {
      schema: string;
      tier: string;
      fit: { score: number };
    };
    expect(document).toMatchObject({ schema: 'tierline.explain/1', tier: 'Tier 1', fit: { score: 100 } });
  });

  it('`roles unmatched` says which titles of contacts are not understood', async () => {
    const titled = flow.sf.contacts().length + flow.hs.contacts().length;
    expect(jsonOf(await cli('roles', 'unmatched', '--json'))).toEqual({
      schema: 'tierline.roles.unmatched/1',
      contacts: titled,
      matched: titled,
      unmatched: 0,
      titles: [],
    });
    expect((await cli('roles', 'unmatched', '--limit', '0')).exitCode).toBe(2);
  });

  it('`explain` says what would move an account up, and `--json` which kinds of change that takes', async () => {
    const result = await cli('explain', 'Bergamot');
    expect(result.stdout).toMatch(/^Would move to Tier 1 if\n {2}\S/mu);
    const { wouldMoveUp } = jsonOf(await cli('explain', 'Bergamot', '--json')) as {
      wouldMoveUp: { tier: string; change: string; kinds: string[]; changes: { kind: string }[] }[];
    };
    expect(wouldMoveUp.length).toBeGreaterThan(0);
    for (const { tier, kinds, changes } of wouldMoveUp) {
      expect(tier).toBe('Tier 1');
      expect(changes.map(({ kind }) => kind)).toEqual(kinds);
    }
    expect(result.stdout).not.toContain('@');
  });

  it('`tiers simulate` says what another policy would move, and lists all of it in a file', async () => {
    flow.writeSource('other.yaml', 'value: { bands: { large: 5000000, medium: 25000 } }\n');
    const [policy, list] = ['other.yaml', 'moved.jsonl'].map((file) => path.join(flow.folder, file));
    const result = await cli('tiers', 'simulate', '--policy', policy ?? '', '--output', list ?? '', '--json');
    expect(jsonOf(result)).toMatchObject({
      schema: 'tierline.tiers.simulate/1',
      companies: 3,
      moved: 1,
      movements: [{ from: 'Tier 1', to: 'Tier 2', companies: 1 }],
      movers: [{ name: 'Abalone', hold: 'PIPELINE_LOCK' }],
    });
    const lines = readFileSync(list ?? '', 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(['Abalone']);
    const printed = await cli('tiers', 'simulate', '--policy', policy ?? '');
    expect(printed.stdout).toMatch(/^1 of 3 companies move: goldilocks-1 → goldilocks-1$/mu);
    expect(printed.stdout).toMatch(/^Abalone +Tier 1 +Tier 2 +GOLDILOCKS_JUST_RIGHT/mu);
  });

  it('`tiers simulate` refuses a policy that cannot be right, with path and reason', async () => {
    flow.writeSource('wrong.yaml', 'intent: { enter: 50, stay: 60 }\n');
    const result = await cli('tiers', 'simulate', '--policy', path.join(flow.folder, 'wrong.yaml'));
    expect(result.exitCode).toBe(5);
    expect(result.stderr).toMatch(/intent\.stay: read 60, above enter 50; wanted: 50 or less/u);
    expect((await cli('tiers', 'simulate')).exitCode).toBe(2);
  });

  it('`tiers backtest` says what history proves, and what cannot be known', async () => {
    const result = await cli('tiers', 'backtest', '--json');
    expect(jsonOf(result)).toMatchObject({
      schema: 'tierline.tiers.backtest/1',
      tierFrom: { runs: 0, rebuilt: 3, notThere: 0 },
      thinSources: [{ source: 'surge' }, { source: 'web' }],
    });
    const printed = await cli('tiers', 'backtest', '--from', '2026-01-01');
    expect(printed.stdout).toContain('Nothing yet: there are too few closed or new deals in this window.');
    expect(printed.stdout).toContain('fields of CRM records: they have no history');
    expect((await cli('tiers', 'backtest', '--from', '2027-01-01')).exitCode).toBe(2);
  });

  it('`runs list` and `runs show` tell what happened', async () => {
    const { runs } = jsonOf(await cli('runs', 'list', '--json')) as {
      runs: { run: string; mode: string; status: string }[];
    };
    expect(runs.map(({ mode, status }) => `${mode} ${status}`)).toEqual([
      'live done',
      'approved done',
      'dry-run done',
      'dry-run done',
    ]);
    const shown = await cli('runs', 'show', runs[1]?.run ?? '', '--json');
    expect(jsonOf(shown)).toMatchObject({
      schema: 'tierline.runs.show/1',
      run: runs[1]?.run,
      status: 'done',
    });
    expect((await cli('runs', 'show', 'nothing')).exitCode).toBe(2);
  });

  it('an as-of before the last run is refused', async () => {
    const result = await cli('sync', '--as-of', '2026-11-01');
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('--dry-run');
  });

  it('rows that the CRM refuses end with 3 and are listed by `runs show --failed`', async () => {
    const [account] = flow.hs.accounts().filter(({ name }) => name === 'Cobaltine');
    flow.hubspot.portal.editAsHuman('companies', account?.id ?? '', { type: 'COMPETITOR' });
    flow.hubspot.portal.refuseRow({
      type: 'companies',
      id: account?.id ?? '',
      times: Number.POSITIVE_INFINITY,
    });
    const result = await cli('sync', '--as-of', AS_OF, '--json');
    flow.hubspot.portal.clearRefusals();
    expect(result.exitCode).toBe(3);
    const { run } = jsonOf(result) as { run: string };
    const failed = await cli('runs', 'show', run, '--failed', '--json');
    expect(jsonOf(failed)).toMatchObject({
      rows: [{ connection: 'hs', recordId: account?.id, status: 'failed' }],
    });
  });
});
