// The run breaker: a change of this size is more often a broken source than news, and waits for a person.
import { beforeEach, describe, expect, it } from 'vitest';
import { type CastMember, castMarket, domainOf, jsonLines } from './cast.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

const NAMES = `
  Abalone Bergamot Cobaltine Dovetail Elderwick Foxglove Gypsum Hazelmere Inkwell Juniper Kingfisher Lavender Marzipan Nutmeg
  Obsidian Pomelo Quicksilver Rutabaga Saffron Thimble Umbrella Verbena Wolfram Xylophone`
  .trim()
  .split(/\s+/u);
const MEMBERS: readonly CastMember[] = NAMES.map((name) => ({
  name,
  plays: 'tier_3',
  company: { crms: ['salesforce'], people: [] },
}));
const DAYS = ['2026-11-21T09:00:00.000Z', '2026-11-22T09:00:00.000Z', '2026-11-23T09:00:00.000Z'] as const;

let flow: Flow;

beforeEach(async () => {
  flow = await startFlow(castMarket(AS_OF, MEMBERS));
  await flow.sync();
});

const demoAt = (names: readonly string[], day: string) =>
  jsonLines(
    MEMBERS.filter(({ name }) => names.includes(name)).map((member) => ({
      type: 'demo_request',
      occurred_at: day,
      email: `somebody@${domainOf(member)}`,
    })),
  );

const tiers = () => flow.sf.accounts().map(({ tier }) => tier);

describe('a run that would change more than a tenth of the tiers', () => {
  beforeEach(() => {
    // Act-now events move a tier at once: 4 of 24.
    flow.writeSource('data/visits.jsonl', demoAt(NAMES.slice(0, 4), '2026-11-20'));
  });

  it('is held: it writes nothing and exits with 6', async () => {
    const before = takeSnapshot(flow);
    const held = await flow.sync({ asOf: DAYS[0] });
    expect(changedSince(before, flow)).toEqual([]);
    expect(held.exitCode).toBe(6);
    expect(held.report.held).toEqual({ reason: 'tiers changing', share: 4 / 24, limit: 0.1 });
    expect(held.of('sf')).toMatchObject({ written: 0, calls: { write: 0 } });
  });

  it('is held again the next time', async () => {
    await flow.sync({ asOf: DAYS[0] });
    const before = takeSnapshot(flow);
    expect((await flow.sync({ asOf: DAYS[1] })).exitCode).toBe(6);
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('is applied once approved, and then stands', async () => {
    const held = await flow.sync({ asOf: DAYS[0] });
    const approved = await flow.sync({ asOf: DAYS[0], approve: held.report.run });
    expect(approved.exitCode).toBe(0);
    expect(tiers().filter((tier) => tier === 'tier_2')).toHaveLength(4);
    const before = takeSnapshot(flow);
    const next = await flow.sync({ asOf: DAYS[0] });
    expect(next.exitCode).toBe(0);
    expect(changedSince(before, flow)).toEqual([]);
  });
});

it('lets a tenth of the tiers change', async () => {
  flow.writeSource('data/visits.jsonl', demoAt(NAMES.slice(0, 2), '2026-11-20'));
  const run = await flow.sync({ asOf: DAYS[0] });
  expect(run.exitCode).toBe(0);
  expect(tiers().filter((tier) => tier === 'tier_2')).toHaveLength(2);
});

describe('a source with a fifth fewer rows than at its last load', () => {
  beforeEach(async () => {
    flow.writeSource('data/surge.jsonl', jsonLines(rowsOfNobody(100)));
    await flow.sync();
    flow.writeSource('data/surge.jsonl', jsonLines(rowsOfNobody(80)));
  });

  it('holds the run, which writes nothing', async () => {
    flow.salesforce.org.editAsHuman('Account', flow.sf.accounts()[0]?.id ?? '', { NumberOfEmployees: 5 });
    const before = takeSnapshot(flow);
    const held = await flow.sync({ asOf: DAYS[0] });
    expect(held.exitCode).toBe(6);
    expect(held.report.held?.reason).toContain('surge');
    expect(held.report.held).toMatchObject({ share: 0.2, limit: 0.2 });
    expect(changedSince(before, flow)).toEqual([]);
  });

  it('holds the next run too, for nobody has looked yet', async () => {
    await flow.sync({ asOf: DAYS[0] });
    expect((await flow.sync({ asOf: DAYS[1] })).exitCode).toBe(6);
  });

  it('holds a sync that follows a plan, which loaded the file first', async () => {
    await flow.plan({ asOf: DAYS[0] });
    expect((await flow.sync({ asOf: DAYS[0] })).exitCode).toBe(6);
  });

  it('is accepted with the approval of the held run', async () => {
    const held = await flow.sync({ asOf: DAYS[0] });
    expect((await flow.sync({ asOf: DAYS[0], approve: held.report.run })).exitCode).toBe(0);
    expect((await flow.sync({ asOf: DAYS[1] })).exitCode).toBe(0);
  });

  it('is accepted once its rows are back', async () => {
    await flow.sync({ asOf: DAYS[0] });
    flow.writeSource('data/surge.jsonl', jsonLines(rowsOfNobody(95)));
    expect((await flow.sync({ asOf: DAYS[0] })).exitCode).toBe(0);
  });

  it('is news when it lost fewer', async () => {
    flow.writeSource('data/surge.jsonl', jsonLines(rowsOfNobody(81)));
    expect((await flow.sync({ asOf: DAYS[0] })).exitCode).toBe(0);
  });

  it('holds again when the file changed a little and still lacks a fifth of what was last accepted', async () => {
    await flow.sync({ asOf: DAYS[0] });
    flow.writeSource('data/surge.jsonl', jsonLines(rowsOfNobody(79)));
    expect((await flow.sync({ asOf: DAYS[1] })).exitCode).toBe(6);
  });
});

function rowsOfNobody(count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    domain: `nobody${index}.com`,
    topic: 'erp migration',
    score: 40,
    observed_on: '2026-11-18',
  }));
}
