import type { TitleRole } from '#domain/role/buying-role.ts';

/** A title and the role that the rules of the catalogue give it; not a word list of the catalogue. */
export type LabelledTitle = readonly [title: string, role: TitleRole];
