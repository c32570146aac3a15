// Who is known of a buying group: champions by what they do, parts that are played or missing.
import { describe, expect, it } from 'vitest';
import { coverRoles } from '#domain/role/cover-roles.ts';
import { findChampions } from '#domain/role/find-champions.ts';
import { anEvent, shippedPolicy } from '#test/domain/tier/account.ts';

const { buyingGroup, engagement } = shippedPolicy;
const champions = (events: Parameters<typeof findChampions>[0]) =>
  findChampions(events, engagement, buyingGroup);

const twice = (person: string | null, role?: 'blocker' | 'excluded') => [
  anEvent('meeting', 0, person, role),
  anEvent('meeting', 0, person, role),
];

describe('a champion', () => {
  it('replied or met twice, and has 20 points', () => {
    expect(champions([anEvent('reply', 0, 'Ines'), anEvent('reply', 0, 'Ines')])).toEqual([
      { person: 'Ines', points: 20, times: 2 },
    ]);
    expect(champions([anEvent('reply', 1, 'Ines'), anEvent('reply', 1, 'Ines')])).toEqual([]);
    expect(champions([anEvent('meeting', 0, 'Ines'), anEvent('webinar', 0, 'Ines')])).toEqual([]);
    expect(champions([anEvent('meeting', 0, 'Ines'), anEvent('reply', 0, 'Jun')])).toEqual([]);
  });

  it('is nobody unknown by address, nobody whom a rep calls a blocker, nobody who does not count', () => {
    expect(champions([...twice(null), ...twice('Ines', 'blocker'), ...twice('Jun', 'excluded')])).toEqual([]);
  });

  it('is not what somebody was who has been silent for longer than events count', () => {
    const old = Array.from({ length: 30 }, () => anEvent('meeting', 91, 'Ines'));
    expect(champions(old)).toEqual([]);
  });
});

describe('coverage', () => {
  it('is the share of the five parts that somebody plays, a technical approver and an IT expert playing one', () => {
    const covered = coverRoles(
      ['economic_buyer', 'it_expert', 'technical_approver', 'gatekeeper', null],
      3,
      buyingGroup,
    );
    expect(covered).toMatchObject({
      coverage: 0.4,
      missing: ['decision_maker', 'influencer', 'user'],
      depth: { engaged: 3, of: 6.8 },
    });
    expect(covered.parts).toContainEqual({ part: 'technical', people: 2 });
  });

  it('is nothing of nobody and all of a whole group', () => {
    expect(coverRoles([], 0, buyingGroup)).toMatchObject({ coverage: 0 });
    const all = ['economic_buyer', 'decision_maker', 'influencer', 'it_expert', 'user'] as const;
    expect(coverRoles(all, 0, buyingGroup)).toMatchObject({ coverage: 1, missing: [] });
  });
});
