// Suggests the part a person plays in a purchase from their job title, with how far to trust the suggestion.
// A person's or the CRM's own word on the role beats it; what a role is worth is the policy's to say.
import type { TitleRole } from './buying-role.ts';
import { chooseReadings, createTitleReaders } from './choose-readings.ts';
import { foldTitle } from './fold-title.ts';
import { judgeTitle } from './judge-title.ts';
import type { RoleCatalogue } from './role-catalogue.ts';

interface RoleSuggestion {
  /** null: nothing in the title was understood. */
  readonly role: TitleRole | null;
  /** 0-1. */
  readonly confidence: number;
}

export type RoleSuggester = (title: string | null) => RoleSuggestion;

/** Indexes the catalogue's words, which takes some milliseconds: do it once for all titles. */
export function createRoleSuggester(catalogue: RoleCatalogue): RoleSuggester {
  const { confidence, titles } = catalogue;
  const readers = createTitleReaders(catalogue);
  return (title) => {
    const folded = foldTitle(title ?? '');
    const known = titles.get(folded);
    if (known !== undefined) return { role: known, confidence: 1 };
    const [best, ...others] = chooseReadings(folded, readers)
      .map((reading) => judgeTitle(reading, catalogue))
      .toSorted((a, b) => b.confidence - a.confidence);
    if (best === undefined) return { role: null, confidence: confidence.none };
    const isContested = others.some(
      (other) => other.confidence === best.confidence && other.role !== best.role,
    );
    return isContested ? { role: best.role, confidence: Math.min(best.confidence, confidence.unsure) } : best;
  };
}
