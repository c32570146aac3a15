import { describe, expect, it } from 'vitest';
import { ClusterForest } from '#domain/key/group/cluster-forest.ts';

describe('ClusterForest', () => {
  it('refuses a merge of two values of one register, also through others', () => {
    const forest = new ClusterForest(3);
    forest.holds(0, 7, 100);
    forest.holds(2, 7, 200);
    expect(forest.join(0, 1)).toBe(true);
    expect(forest.join(1, 2)).toBe(false);
    expect(forest.areTogether(0, 2)).toBe(false);
  });

  it('keeps what was forbidden apart, also after one side has grown', () => {
    const forest = new ClusterForest(4);
    forest.forbid(0, 3);
    forest.join(0, 1);
    forest.join(2, 3);
    expect(forest.join(1, 2)).toBe(false);
  });

  it('knows whether own domains contradict', () => {
    const forest = new ClusterForest(3);
    forest.locate(0, 1, 10);
    forest.locate(1, 1, 20);
    forest.locate(2, 1, -1);
    expect(forest.domainsClash(0, 1)).toBe(true);
    expect(forest.domainsClash(0, 2)).toBe(false);
    forest.join(0, 1, true);
    expect(forest.domainsClash(0, 1)).toBe(false);
  });

  it('counts a company of several countries as clashing with none', () => {
    const forest = new ClusterForest(3);
    forest.locate(0, 1, -1);
    forest.locate(1, 2, -1);
    forest.locate(2, 3, -1);
    expect(forest.countriesClash(0, 1)).toBe(true);
    forest.join(0, 1, true);
    expect(forest.countriesClash(0, 2)).toBe(false);
  });
});
