import * as fc from 'fast-check';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { assignKeys } from '#pipeline/keys/assign-keys.ts';
import { memoryVersion } from '#pipeline/keys/memory-version.ts';
import type { NewJudgement } from '#ports/judgements.ts';
import { endBinaryRows, readBinaryRows, startBinaryRows, writeBinaryRow } from '#store/bulk/copy-binary.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { collect, recordOf } from './records-of.ts';
import { openTestStore } from './store-fixture.ts';

const rules = loadKeyRules();

/** What is assigned, with keys named for the first record that bears them: two stores mint different ones. */
async function readAssigned(store: OpenedStore) {
  const memberships = await collect(store.keys.memberships());
  const names = new Map<string, string>();
  const nameOf = (key: string | null, holder: string) => {
    if (key === null) return null;
    if (!names.has(key)) names.set(key, `key of ${holder}`);
    return names.get(key);
  };
  for (const { object, id, key } of memberships) nameOf(key, `${object} ${id}`);
  const records = [];
  for (const object of ['account', 'contact', 'opportunity'] as const) {
    for await (const { id, companyKey } of store.records.stream({ object }))
      records.push([object, id, nameOf(companyKey, 'a company without a member')]);
  }
  const questions = await collect(store.keyQuestions.open());
  return {
    memberships: memberships.map((each) => ({
      ...each,
      key: nameOf(each.key, '?'),
      family: nameOf(each.family, '?'),
    })),
    records,
    questions: questions.map(({ pair, reason }) => `${pair} ${reason}`).toSorted(),
  };
}

async function readAnchors(store: OpenedStore): Promise<readonly unknown[]> {
  return await execute(store, 'select kind, value, key from tierline.key_anchors order by 1, 2, 3');
}

/** The key of each record by the nights that it has had: what people see of keys over time. */
async function readStays(store: OpenedStore, ids: readonly string[]) {
  const stays: Record<string, (string | null)[]> = {};
  for (const id of ids) {
    const spans = await store.keyHistory.spans({ connection: 'sf', object: 'account', id });
    stays[id] = spans.map(({ fromRun, toRun }) => `${fromRun} to ${toRun}`);
  }
  return stays;
}

const account = fc.record({
  name: fc.constantFrom('Acme Inc', 'Acme', 'Beta', 'Toyota Motor', 'トヨタモーター株式会社', 'Gamma Works'),
  domain: fc.constantFrom(null, 'acme.com', 'beta.jp', 'acme.jp'),
  country: fc.constantFrom(null, 'JP', 'US'),
  parentId: fc.constantFrom(null, 'a1'),
});
const change = fc.oneof(
  fc.record({
    what: fc.constant('account' as const),
    number: fc.nat(5),
    fields: fc.option(account, { freq: 5 }),
  }),
  fc.record({
    what: fc.constant('contact' as const),
    number: fc.nat(4),
    fields: fc.option(
      fc.record({
        email: fc.constantFrom('x@acme.com', 'y@beta.jp', 'z@gmail.com'),
        companyName: fc.constantFrom(null, 'Acme', 'Gamma Works'),
        accountId: fc.constantFrom(null, 'a1', 'a2'),
      }),
      { freq: 5 },
    ),
  }),
  fc.record({ what: fc.constant('merge' as const), number: fc.nat(5), into: fc.nat(5) }),
  fc.record({
    what: fc.constant('judgement' as const),
    verdict: fc.constantFrom('same' as const, 'different' as const),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer Each> ? Each : never;

async function carryOut(store: OpenedStore, run: string, each: Change): Promise<void> {
  if (each.what === 'merge') {
    if (each.number !== each.into)
      await store.records.merge('sf', 'account', `a${each.number}`, `a${each.into}`);
  } else if (each.what === 'judgement') {
    const judgement: NewJudgement = {
      a: { connection: 'sf', object: 'account', id: 'a3' },
      b: { connection: 'sf', object: 'account', id: 'a4' },
      verdict: each.verdict,
      by: 'somebody',
      reason: null,
      origin: 'review',
      asked: null,
    };
    await store.judgements.add([judgement]);
  } else {
    const id = `${each.what[0]}${each.number}`;
    await store.records.put(run, [
      {
        ...recordOf(each.what, id, each.fields ?? {}),
        deleted: each.fields === null,
      },
    ]);
  }
}

describe('a memory of matching (invariant K22)', () => {
  it('leads to the keys that matching every record anew leads to, night after night', async () => {
    // The nights of all runs follow each other: new databases would take longer than the nights.
    const [remembering, forgetting] = [await openTestStore(), await openTestStore()];
    let night = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { maxLength: 4 }), { minLength: 2, maxLength: 5 }),
        async (nights) => {
          for (const changes of nights) {
            night += 1;
            const run = `r${night}`;
            for (const store of [remembering, forgetting]) {
              await store.records.put(run, [
                recordOf('opportunity', 'o', { accountId: 'a1' }),
                recordOf('contact', 'nightly', { email: `n${night}@gmail.com` }),
              ]);
              for (const each of changes) await carryOut(store, run, each);
              // Assigned keys of which nothing is remembered: the memory is of another version.
              await assignKeys(store, run, store === forgetting ? otherRules(night) : rules, null);
            }
            expect(await readAssigned(remembering)).toEqual(await readAssigned(forgetting));
            const ids = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'];
            expect(await readStays(remembering, ids)).toEqual(await readStays(forgetting, ids));
          }
          expect(await remembering.keys.memory(memoryVersion(rules))).not.toBeNull();
          // Of two companies that share an anchor the lower key decides, so anchors are compared under the same keys.
          const anchors = await readAnchors(remembering);
          night += 1;
          for (const store of [remembering, forgetting]) {
            await store.records.put(`r${night}`, [
              recordOf('contact', 'late', { email: `late@x${night}.com` }),
            ]);
            await assignKeys(store, `r${night}`, otherRules(night), null);
          }
          expect(await readAnchors(remembering)).toEqual(anchors);
        },
      ),
      { numRuns: 6, seed: 20261122 },
    );
  }, 120_000);
});

describe('what is remembered', () => {
  it('is given back with the records that changed since, and trusted as long as nothing happened behind its back', async () => {
    const store = await openTestStore();
    const version = memoryVersion(rules);
    const assign = async (run: string) => await assignKeys(store, run, rules, null);
    const put = async (run: string, name: string) =>
      await store.records.put(run, [
        recordOf('account', 'a', { name }),
        recordOf('account', 'b', { name: 'Beta' }),
      ]);
    const changesOf = async () => (await store.keys.memory(version))?.changes.map(({ id }) => id) ?? null;
    expect(await changesOf()).toBeNull();
    await put('r1', 'Acme');
    await assign('r1');
    expect(await changesOf()).toEqual([]);
    await put('r2', 'Acme Robotics');
    expect(await changesOf()).toEqual(['a']);
    expect(await store.keys.memory('another version')).toBeNull();
    await assign('r2');
    expect(await changesOf()).toEqual([]);

    // A change that an older version counted and did not list.
    await execute(store, 'update tierline.key_state set match_changes = match_changes + 1');
    expect(await changesOf()).toBeNull();
    await assign('r3');
    expect(await changesOf()).toEqual([]);

    // Rows that came from the dump of a server that had lived longer.
    await execute(store, `insert into tierline.match_changes values ('sf', 'account', 'a', '99999999999')`);
    expect(await changesOf()).toBeNull();
    await put('r4', 'Acme');
    await assign('r4');
    expect(await changesOf()).toEqual([]);

    // A crash of the server empties the table.
    await execute(store, 'truncate tierline.match_memory');
    expect(await changesOf()).toBeNull();
  });
});

async function execute(store: OpenedStore, statement: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: store.databaseUrl });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(statement);
  await client.end();
  return rows;
}

/** The same rules as far as matching goes, under another version every night. */
function otherRules(night: number): typeof rules {
  return { ...rules, junkNames: new Set([...rules.junkNames, `no such name ${night}`]) };
}

describe('copyable rows', () => {
  it('come back as they were written, however the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 3 })),
        fc.integer({ min: 1, max: 7 }),
        async (rows, cut) => {
          const whole = [startBinaryRows, ...rows.flatMap((row) => [...writeBinaryRow(row)]), endBinaryRows];
          const bytes = Uint8Array.from(whole.flatMap((part) => [...part]));
          async function* pieces() {
            for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
          }
          const back = await collect(readBinaryRows(pieces()));
          expect(back.map((row) => row.map((field) => [...field]))).toEqual(
            rows.map((row) => row.map((field) => [...field])),
          );
        },
      ),
    );
  });
});
