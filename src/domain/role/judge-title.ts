// Applies the catalogue's rules to the words found in a title: the function, the highest level, the first rule that holds.
import type { TitleRole } from './buying-role.ts';
import {
  LEVELS,
  type RoleCatalogue,
  type RoleRule,
  type TitleLevel,
  type WordKind,
} from './role-catalogue.ts';
import type { FoundWord, Reading } from './title-reader.ts';

export interface Judgement {
  readonly role: TitleRole | null;
  readonly confidence: number;
}

interface Evidence {
  readonly kind: WordKind;
  readonly isUnsure: boolean;
}

/** Between a deputy's word and the chief's there may be an article: "adjoint au directeur général". */
const MAX_DEPUTY_GAP = 4;

export function judgeTitle(reading: Reading, { rules, confidence }: RoleCatalogue): Judgement {
  const evidence = collectEvidence(reading.found);
  const level = LEVELS.find((candidate) => evidence.some(({ kind }) => kind === candidate)) ?? null;
  const rule = rules.find((candidate) => holds(candidate, evidence, level));
  if (rule === undefined) return { role: null, confidence: confidence.none };
  if (isUnsure(rule, evidence, level)) return { role: rule.role, confidence: confidence.unsure };
  // A function that decides by itself decides whatever else the title says; a level might be a level of anything.
  const mayChange = rule.level !== null && reading.unexplained > 0;
  return { role: rule.role, confidence: mayChange ? confidence.partial : confidence.clear };
}

function collectEvidence(found: readonly FoundWord[]): readonly Evidence[] {
  return found.flatMap(({ meanings }, at) =>
    meanings.map((meaning) =>
      meaning.kind === 'chief' && isDeputised(found, at) ? { ...meaning, kind: 'vice' } : meaning,
    ),
  );
}

function isDeputised(found: readonly FoundWord[], at: number): boolean {
  const word = found[at];
  return [found[at - 1], found[at + 1]].some(
    (neighbour) =>
      word !== undefined &&
      neighbour !== undefined &&
      neighbour.meanings.some(({ kind }) => kind === 'deputy') &&
      Math.max(neighbour.start - word.end, word.start - neighbour.end) <= MAX_DEPUTY_GAP,
  );
}

function holds(rule: RoleRule, evidence: readonly Evidence[], level: TitleLevel | null): boolean {
  const anyHolds =
    rule.any === null || rule.any.some((wanted) => evidence.some(({ kind }) => kind === wanted));
  return anyHolds && (rule.level === null || (level !== null && rule.level.includes(level)));
}

/** When nothing but unsure words speaks for one of the things that the rule asked for. */
function isUnsure(rule: RoleRule, evidence: readonly Evidence[], level: TitleLevel | null): boolean {
  const restsOnUnsure = (kinds: readonly WordKind[]): boolean =>
    evidence.filter(({ kind }) => kinds.includes(kind)).every((word) => word.isUnsure);
  return (
    (rule.any !== null && restsOnUnsure(rule.any)) ||
    (rule.level !== null && level !== null && restsOnUnsure([level]))
  );
}
