// Learning a profile and sizing the market, as an admin of a shop would type it: the e-commerce template with columns of its own.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonLines } from '#test/flow/cast.ts';
import { AS_OF, type Flow, startFlow } from '#test/flow/flow-fixture.ts';
import { createMarket, type MarketCompany, type MarketDeal } from '#test/flow/market.ts';
import { runInProcess } from './run-in-process.ts';

const TIMEOUT_MS = 60_000;
const BEST = 8;
const LOST = 10;
let flow: Flow;

const ICP = `
template: ecommerce
criteria:
  companySize: { field: employees, exact: { from: 10 }, adjacent: { from: 2 } }
  shipmentVolume: { field: shipmentVolume, exact: { from: 20000 }, adjacent: { from: 1000 } }
  fulfilment: { field: fulfilment, exact: [3PL], adjacent: [in-house] }
  location: { field: country, exact: [US] }
  origin: { field: originCountry, exact: [DE], adjacent: [PL] }
avoid:
  - { field: type, in: [Competitor], reason: competitor }
`;

const won = (closesInDays: number): MarketDeal => ({ amount: 60_000, stage: 'won', closesInDays });
const lost = (closesInDays: number): MarketDeal => ({ amount: 50_000, stage: 'lost', closesInDays });

const company = (name: string, number: number, rest: Partial<MarketCompany>): MarketCompany => ({
  name: `${name} ${number}`,
  domain: `${name.toLowerCase()}${number}.com`,
  crms: ['salesforce'],
  ...rest,
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const companies: readonly MarketCompany[] = [
  ...numbers(BEST).map((n) => company('Bester', n, { employees: 400, deals: [won(-500), won(-130 + n)] })),
  ...numbers(LOST).map((n) => company('Loster', n, { employees: 400, deals: [lost(-40 - n)] })),
  company('Rival', 1, { type: 'Competitor', employees: 400, deals: [won(-500), won(-130)] }),
  company('Stranger', 1, { employees: 1 }),
];

const vendor = [
  ...numbers(BEST).map((n) => ({
    domain: `bester${n}.com`,
    shipment_volume: 50_000 + n,
    fulfilment: '3PL',
    origin_country: 'Germany',
    observed_on: '2026-11-01',
  })),
  ...numbers(LOST).map((n) => ({
    domain: `loster${n}.com`,
    shipment_volume: 300 + n,
    fulfilment: n % 2 === 0 ? '3PL' : 'in-house',
    origin_country: n % 2 === 0 ? 'Deutschland' : 'Poland',
    observed_on: '2026-11-01',
  })),
];

const cli = (...args: readonly string[]) => runInProcess(flow, [...args, '--workspace', flow.folder]);
const derive = (...args: readonly string[]) =>
  cli('icp', 'derive', '--as-of', AS_OF, '--min-learn', '8', '--min-suggest', '5', ...args);
const jsonOf = ({ stdout }: { readonly stdout: string }): unknown => JSON.parse(stdout);
const fitOf = async (name: string): Promise<number> =>
  (jsonOf(await cli('explain', name, '--json')) as { fit: { score: number } }).fit.score;
const fileOf = (name: string) => path.join(flow.folder, name);

beforeAll(async () => {
  flow = await startFlow({
    world: createMarket(AS_OF, companies),
    mappings: { 'icp.yaml': ICP },
    sources: [{ id: 'firmo', kind: 'firmographics', file: 'data/firmo.jsonl', content: jsonLines(vendor) }],
  });
}, TIMEOUT_MS);

describe('on a workspace with a profile of its own', { timeout: TIMEOUT_MS }, () => {
  it('`icp derive` before any sync says what to do first', async () => {
    const result = await derive();
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('tierline sync');
  });

  it('`icp show` counts how companies match, source columns and country names included', async () => {
    await flow.sync();
    const shown = jsonOf(await cli('icp', 'show', '--as-of', AS_OF, '--json'));
    const total = BEST + LOST + 2;
    expect(shown).toMatchObject({
      schema: 'tierline.icp.show/1',
      template: 'ecommerce',
      assumed: true,
      companies: total,
      excluded: 1,
      criteria: [
        {
          criterion: 'companySize',
          weight: 10,
          matches: { exact: total - 1, adjacent: 0, miss: 1, unknown: 0 },
        },
        {
          criterion: 'shipmentVolume',
          weight: 20,
          matches: { exact: BEST, adjacent: 0, miss: LOST, unknown: 2 },
        },
        { criterion: 'fulfilment', matches: { exact: BEST + LOST / 2, adjacent: LOST / 2, unknown: 2 } },
        { criterion: 'location', matches: { exact: total } },
        {
          criterion: 'origin',
          weight: 5,
          matches: { exact: BEST + LOST / 2, adjacent: LOST / 2, unknown: 2 },
        },
      ],
      warnings: [],
    });
  });

  it('`sync` scores fit by the weights of the template and the columns of the source', async () => {
    expect(await fitOf('Bester 1')).toBe(100);
    // Of 55: size 10, location 10, in-house half of 10, Poland half of 5, too few shipments.
    expect(await fitOf('Loster 1')).toBe(50);
  });

  it('`icp derive` says who is compared, asks what is too good to be true, and writes nothing', async () => {
    const result = await derive('--output', fileOf('proposal.yaml'));
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/Best customers {2}8: 8 won 2 or more cycles/u);
    expect(result.stdout).toMatch(/Lost {12}10: 10 never bought/u);
    expect(result.stdout).toMatch(/1 on the avoid list/u);
    expect(result.stdout).toContain('is this field filled only after they buy?');
    expect(result.stdout).toContain('--confirm shipmentVolume');
    expect(result.stderr).toContain('was not written');
    expect(existsSync(fileOf('proposal.yaml'))).toBe(false);
  });

  it('`icp derive --output` refuses the profile in force (invariant L5)', async () => {
    const result = await derive('--output', fileOf('mappings/icp.yaml'));
    expect(result.exitCode).toBe(2);
    expect(readFileSync(fileOf('mappings/icp.yaml'), 'utf8')).toBe(ICP);
  });

  it('`icp derive --confirm` writes a proposal with its evidence', async () => {
    const result = await derive('--confirm', 'shipmentVolume', '--output', fileOf('proposal.yaml'), '--json');
    expect(jsonOf(result)).toMatchObject({
      schema: 'tierline.icp.derive/1',
      stage: 'learn',
      cohorts: { proven: BEST, lost: LOST },
      criteria: [
        {
          criterion: 'shipmentVolume',
          verdict: 'taken',
          weight: 100,
          having: { proven: BEST, lost: 0 },
          known: { proven: BEST, lost: LOST },
        },
        { criterion: 'fulfilment', verdict: 'question', weight: 0 },
        { criterion: 'origin', verdict: 'question', weight: 0 },
      ],
    });
    const text = readFileSync(fileOf('proposal.yaml'), 'utf8');
    expect(text).toContain('8 of 8 best customers (100%, 95% interval 68 to 100%), 0 of 10 lost (0%)');
    expect(text).toContain('assumed: false');
    expect(text).toContain('weights: { shipmentVolume: 100, fulfilment: 0, origin: 0 }');
  });

  it('`icp accept --dry-run` shows what would change and leaves the profile', async () => {
    const result = await cli('icp', 'accept', fileOf('proposal.yaml'), '--dry-run');
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('weights.companySize: 18.2 → (none)');
    expect(readFileSync(fileOf('mappings/icp.yaml'), 'utf8')).toBe(ICP);
  });

  it('`icp accept` puts it in force and keeps the one before; the sources still load', async () => {
    const result = await cli('icp', 'accept', fileOf('proposal.yaml'), '--json');
    const { keptAs } = jsonOf(result) as { keptAs: string };
    expect(readFileSync(keptAs, 'utf8')).toBe(ICP);
    flow.writeSource('data/firmo.jsonl', jsonLines(vendor.slice(1)));
    const { exitCode } = await flow.sync({ dryRun: true });
    expect(exitCode).toBe(0);
    expect(jsonOf(await cli('icp', 'show', '--as-of', AS_OF, '--json'))).toMatchObject({ assumed: false });
  });

  it('`market size` works the goal out from what it is given', async () => {
    const odds = ['--acv', '50000', '--p-opp', '0.15', '--p-win', '0.25'];
    const costs = ['--fixed', '60000', '--per-account', '400', '--goal', '1', '--margin', '0.8'];
    const result = await cli(
      'market',
      'size',
      '--target',
      '1000000',
      ...odds,
      ...costs,
      '--as-of',
      AS_OF,
      '--json',
    );
    expect(jsonOf(result)).toMatchObject({
      schema: 'tierline.market.size/1',
      companies: BEST + LOST + 2,
      avoided: 1,
      market: { companies: BEST + LOST + 1 },
      odds: { acv: { from: 'given', n: null } },
      revenue: { accounts: 534, low: 534, high: 534 },
      returns: { accounts: 172 },
      warnings: [
        `The goal takes 534 accounts, and the whole market has ${BEST + LOST + 1}.`,
        `The goal takes 172 accounts, and the whole market has ${BEST + LOST + 1}.`,
      ],
    });
  });

  it('`market size` asks for what its own history is too short to say', async () => {
    const result = await cli('market', 'size', '--target', '1000000', '--acv', '50000', '--as-of', AS_OF);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/--p-opp: 100 companies/u);
    expect(result.stderr).toMatch(/--p-win: 30 decided first deals/u);
    expect(result.stderr).not.toContain('--acv:');
  });

  it('`market size` refuses half of a calculation by return', async () => {
    const result = await cli('market', 'size', '--fixed', '1000');
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('--per-account, --goal, --margin');
  });
});
