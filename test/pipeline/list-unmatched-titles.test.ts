import { describe, expect, it } from 'vitest';
import { loadRoleCatalogue } from '#mapping/roles/load-role-catalogue.ts';
import { listUnmatchedTitles } from '#pipeline/list-unmatched-titles.ts';

describe('titles that no word matched', () => {
  it('are counted over their spellings, the commonest first, and those that suggest a role are not among them', async () => {
    const titles = [
      { title: 'Chief Financial Officer', contacts: 7 },
      { title: 'qwertzu', contacts: 1 },
      { title: 'Blibb-Blubb', contacts: 2 },
      { title: 'Qwertzu', contacts: 4 },
      { title: 'QWERTZU', contacts: 1 },
    ];
    const { suggest } = loadRoleCatalogue();
    const records = {
      async *titles() {
        yield* titles;
      },
    };
    expect(await listUnmatchedTitles(records, suggest)).toEqual({
      contacts: 15,
      matched: 7,
      titles: [
        { title: 'Qwertzu', contacts: 6 },
        { title: 'Blibb-Blubb', contacts: 2 },
      ],
    });
  });
});
