import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assignStableKeys,
  type ExistingKey,
  type KeyedGroup,
  resolveKey,
} from '#domain/key/assign-stable-keys.ts';

function createMint(prefix = 'co_new'): () => string {
  let next = 0;
  return () => `${prefix}${next++}`;
}

function groupOf(group: string, ...records: string[]): KeyedGroup {
  return { group, members: records.map((record) => ({ record, anchor: 'record' })) };
}

const older: ExistingKey = { key: 'co_old', born: 1, successor: null };
const younger: ExistingKey = { key: 'co_young', born: 2, successor: null };

describe('assignStableKeys', () => {
  it('mints a key for a group that has none', () => {
    const { keyByGroup, changes } = assignStableKeys([groupOf('a', 'a', 'b')], new Map(), [], createMint());
    expect(keyByGroup.get('a')).toBe('co_new0');
    expect(changes).toEqual([{ change: 'mint', key: 'co_new0', group: 'a' }]);
  });

  it('keeps a key when the representative of the group changes', () => {
    const { keyByGroup, changes } = assignStableKeys(
      [groupOf('0', '0', 'a', 'b')],
      new Map([
        ['a', 'co_old'],
        ['b', 'co_old'],
      ]),
      [older],
      createMint(),
    );
    expect(keyByGroup.get('0')).toBe('co_old');
    expect(changes).toEqual([]);
  });

  it('lets the older key survive a merge of equals and leaves a successor', () => {
    const memberships = new Map([
      ['a', 'co_young'],
      ['b', 'co_old'],
    ]);
    const { keyByGroup, changes } = assignStableKeys(
      [groupOf('a', 'a', 'b')],
      memberships,
      [older, younger],
      createMint(),
    );
    expect(keyByGroup.get('a')).toBe('co_old');
    expect(changes).toEqual([{ change: 'merge', key: 'co_young', successor: 'co_old' }]);
  });

  it('lets the key with more identified members survive a merge, however young', () => {
    const group: KeyedGroup = {
      group: 'a',
      members: [
        { record: 'a', anchor: 'identifier' },
        { record: 'b', anchor: 'record' },
        { record: 'c', anchor: 'record' },
      ],
    };
    const memberships = new Map([
      ['a', 'co_young'],
      ['b', 'co_old'],
      ['c', 'co_old'],
    ]);
    expect(assignStableKeys([group], memberships, [older, younger], createMint()).keyByGroup.get('a')).toBe(
      'co_young',
    );
  });

  it('leaves the key of a split with the strongest anchor and tells what the new key came from', () => {
    const groups: KeyedGroup[] = [
      groupOf('a', 'a', 'b', 'c'),
      { group: 'd', members: [{ record: 'd', anchor: 'identifier' }] },
    ];
    const memberships = new Map(['a', 'b', 'c', 'd'].map((record) => [record, 'co_old']));
    const { keyByGroup, changes } = assignStableKeys(groups, memberships, [older], createMint());
    expect(keyByGroup.get('d')).toBe('co_old');
    expect(changes).toEqual([{ change: 'split', key: 'co_new0', from: 'co_old', group: 'a' }]);
  });

  it('reports a record that moved between two living keys', () => {
    const groups = [groupOf('a', 'a', 'b', 'x'), groupOf('c', 'c', 'd')];
    const memberships = new Map([
      ['a', 'co_old'],
      ['b', 'co_old'],
      ['c', 'co_young'],
      ['d', 'co_young'],
      ['x', 'co_young'],
    ]);
    const { changes } = assignStableKeys(groups, memberships, [older, younger], createMint());
    expect(changes).toEqual([{ change: 'move', record: 'x', from: 'co_young', to: 'co_old' }]);
  });

  it('counts a merged key as its successor', () => {
    const merged: ExistingKey = { key: 'co_gone', born: 0, successor: 'co_old' };
    expect(
      assignStableKeys(
        [groupOf('a', 'a')],
        new Map([['a', 'co_gone']]),
        [merged, older],
        createMint(),
      ).keyByGroup.get('a'),
    ).toBe('co_old');
    expect(resolveKey('co_gone', new Map([['co_gone', merged]]))).toBe('co_old');
  });

  it('never gives one key to two groups, and a second run over its own answer changes nothing', () => {
    const records = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 20,
    });
    const world = records.chain((names) =>
      fc.record({
        names: fc.constant(names),
        groupIndexes: fc.array(fc.nat(5), { minLength: names.length, maxLength: names.length }),
        keyIndexes: fc.array(fc.option(fc.nat(4), { nil: null }), {
          minLength: names.length,
          maxLength: names.length,
        }),
      }),
    );
    fc.assert(
      fc.property(world, ({ names, groupIndexes, keyIndexes }) => {
        const byIndex = new Map<number, string[]>();
        names.forEach((name, position) =>
          byIndex.set(groupIndexes[position] ?? 0, [
            ...(byIndex.get(groupIndexes[position] ?? 0) ?? []),
            name,
          ]),
        );
        const groups = [...byIndex.values()].map((members) =>
          groupOf([...members].toSorted()[0] ?? '', ...members),
        );
        const memberships = new Map<string, string>();
        names.forEach((name, position) => {
          const index = keyIndexes[position];
          if (index !== null && index !== undefined) memberships.set(name, `co_${index}`);
        });
        const existing = [0, 1, 2, 3, 4].map((index) => ({
          key: `co_${index}`,
          born: index,
          successor: null,
        }));
        const first = assignStableKeys(groups, memberships, existing, createMint());
        expect(new Set(first.keyByGroup.values()).size).toBe(groups.length);
        const shuffled = assignStableKeys([...groups].toReversed(), memberships, existing, createMint());
        expect(shuffled.keyByGroup).toEqual(first.keyByGroup);

        const successors = new Map(
          first.changes.flatMap((change) =>
            change.change === 'merge' ? [[change.key, change.successor] as const] : [],
          ),
        );
        const stored = new Map(
          groups.flatMap(({ group, members }) =>
            members.map(({ record }) => [record, first.keyByGroup.get(group) ?? ''] as const),
          ),
        );
        const keys = [
          ...existing,
          ...[...new Set(first.keyByGroup.values())]
            .filter((key) => key.startsWith('co_new'))
            .map((key) => ({ key, born: 9, successor: null })),
        ];
        const second = assignStableKeys(
          groups,
          stored,
          keys.map((key) => ({ ...key, successor: successors.get(key.key) ?? null })),
          createMint('co_other'),
        );
        expect(second.changes).toEqual([]);
        expect(second.keyByGroup).toEqual(first.keyByGroup);
      }),
    );
  });
});
