// Everything the matcher takes from data files, in one frozen value that is passed in.
import type { HostRules } from './host/host-rules.ts';
import type { LegalFormRules } from './name/legal-form-rules.ts';
import type { ReviewRules } from './review/review-rules.ts';
import type { KanjiReadings } from './sound/kanji-readings.ts';
import type { Lexicon } from './sound/lexicon.ts';

export interface KeyRules {
  readonly hosts: HostRules;
  readonly legalForms: LegalFormRules;
  readonly lexicon: Lexicon;
  readonly kanjiReadings: KanjiReadings;
  /** Core names (without spaces) that name nobody: "n/a", 没有, 프리랜서. */
  readonly junkNames: ReadonlySet<string>;
  readonly review: ReviewRules;
}
