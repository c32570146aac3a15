import { describe, expect, it } from 'vitest';
import type { TitleLanguage, WordKind } from '#domain/role/role-catalogue.ts';
import { createTitleReader } from '#domain/role/title-reader.ts';

const language = (words: Partial<Record<WordKind, readonly string[]>>): TitleLanguage => ({
  name: 'test',
  script: 'latin',
  telling: '',
  lists: Object.entries(words).map(([kind, list]) => ({
    kind: kind as WordKind,
    isUnsure: false,
    words: list,
  })),
});

const kindsIn = (title: string, ...groups: readonly (readonly TitleLanguage[])[]): readonly string[] =>
  createTitleReader(groups)(title).found.flatMap(({ meanings }) => meanings.map(({ kind }) => kind));

describe('createTitleReader', () => {
  it('finds Latin words only whole', () => {
    const words = language({ it: ['it'], director: ['head'] });
    expect(kindsIn('head of it', [words])).toEqual(['director', 'it']);
    expect(kindsIn('recruiter', [words])).toEqual([]);
    expect(kindsIn('it2', [words])).toEqual([]);
  });

  it('finds glued words where the notation allows it', () => {
    const words = language({ director: ['-leiter'], procurement: ['einkauf-'] });
    expect(kindsIn('einkaufsleiter', [words])).toEqual(['procurement', 'director']);
    expect(kindsIn('leiterplatte', [words])).toEqual([]);
  });

  it('finds words of other scripts anywhere, and Latin words beside them', () => {
    const words = language({ it: ['it'], manager: ['マネージャー'] });
    expect(kindsIn('itマネージャー', [words])).toEqual(['it', 'manager']);
  });

  it('lets the longer of two words that begin together hide the shorter', () => {
    const words = language({ chief: ['owner', '社長'], manager: ['product owner'], vice: ['副社長'] });
    expect(kindsIn('product owner', [words])).toEqual(['manager']);
    expect(kindsIn('owner', [words])).toEqual(['chief']);
    expect(kindsIn('副社長', [words])).toEqual(['vice']);
  });

  it('reads what stands in the gap of a word with a gap', () => {
    const words = language({ chief: ['chief * officer'], legal: ['compliance'], staff: ['officer'] });
    expect(kindsIn('chief compliance officer', [words])).toEqual(['chief', 'legal', 'staff']);
    expect(kindsIn('chief officer', [words])).toEqual(['staff']);
    expect(kindsIn('chief, compliance officer', [words])).toEqual(['legal', 'staff']);
  });

  it('holds words to the start or the end of the title', () => {
    const words = language({ gatekeeper: ['^元'], staff: ['士$'] });
    expect(kindsIn('元部長', [words])).toEqual(['gatekeeper']);
    expect(kindsIn('次元', [words])).toEqual([]);
    expect(kindsIn('建築士', [words])).toEqual(['staff']);
    expect(kindsIn('士官', [words])).toEqual([]);
  });

  it("takes the first group's meaning of a shared word, and adds up within a group", () => {
    const first = language({ staff: ['pm'] });
    const other = language({ manager: ['pm'] });
    expect(kindsIn('pm', [first], [other])).toEqual(['staff']);
    expect(kindsIn('pm', [first, other])).toEqual(['staff', 'manager']);
  });

  it('counts the letters that no word explains', () => {
    const read = createTitleReader([[language({ director: ['director'], other: ['of'] })]]);
    expect(read('director of bees').unexplained).toBe(4);
    expect(read('director, 2nd').unexplained).toBe(2);
    expect(read('director').unexplained).toBe(0);
  });
});
