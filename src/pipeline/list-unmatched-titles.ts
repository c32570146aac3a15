// Which job titles of our contacts no word of the catalogue matched: what to add to it first. Writes nothing anywhere.
import { foldTitle } from '#domain/role/fold-title.ts';
import type { RoleSuggester } from '#domain/role/suggest-role.ts';
import type { RecordStore } from '#ports/store.ts';

export interface UnmatchedTitle {
  /** In its commonest spelling. */
  readonly title: string;
  readonly contacts: number;
}

export interface UnmatchedTitles {
  /** Contacts that have a title, and those among them whose title suggests a role. */
  readonly contacts: number;
  readonly matched: number;
  /** The commonest first. */
  readonly titles: readonly UnmatchedTitle[];
}

export async function listUnmatchedTitles(
  records: Pick<RecordStore, 'titles'>,
  suggest: RoleSuggester,
): Promise<UnmatchedTitles> {
  let all = 0;
  let matched = 0;
  const unmatched = new Map<string, { title: string; commonest: number; contacts: number }>();
  for await (const { title, contacts } of records.titles()) {
    all += contacts;
    if (suggest(title).role !== null) {
      matched += contacts;
      continue;
    }
    const name = foldTitle(title);
    const known = unmatched.get(name);
    if (known === undefined) unmatched.set(name, { title, commonest: contacts, contacts });
    else {
      known.contacts += contacts;
      const isCommoner = contacts > known.commonest || (contacts === known.commonest && title < known.title);
      if (isCommoner) Object.assign(known, { title, commonest: contacts });
    }
  }
  return {
    contacts: all,
    matched,
    titles: [...unmatched.values()]
      .map(({ title, contacts }) => ({ title, contacts }))
      .toSorted((a, b) => b.contacts - a.contacts || (a.title < b.title ? -1 : 1)),
  };
}
