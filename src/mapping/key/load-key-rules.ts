// Reads the lists behind company keys (mappings/keys/*.yaml) and arranges them for the domain.
// A workspace's file of the same name stands instead of the shipped one; what matches is decided in the domain.
import { z } from 'zod';
import { type HostRules, type SharedHostClass, sharedHostClasses } from '#domain/key/host/host-rules.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';
import { foldName } from '#domain/key/name/fold-name.ts';
import { arrangeLegalForms, legalKinds } from '#domain/key/name/legal-form-rules.ts';
import { readNameForms } from '#domain/key/name/name-forms.ts';
import { type QuestionReason, questionReasons } from '#domain/key/review/review-rules.ts';
import { arrangeKanjiReadings } from '#domain/key/sound/kanji-readings.ts';
import { arrangeLexicon } from '#domain/key/sound/lexicon.ts';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';
import { type MappingFiles, requireFile, shippedMappingFiles } from '#mapping/files/mapping-files.ts';

const words = z.string().transform((text) => text.split(/\s+/u).filter((word) => word !== ''));
const rows = z.string().transform((text) =>
  text
    .split(/[|\n]/u)
    .map((item) => item.normalize('NFKC').trim())
    .filter((item) => item !== ''),
);
const listed = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
const hostList = z.strictObject({ stems: words.default([]), domains: words.default([]) });
const hostsFile = z.strictObject({
  ...(Object.fromEntries(sharedHostClasses.map((name) => [name, hostList.optional()])) as Record<
    SharedHostClass,
    z.ZodOptional<typeof hostList>
  >),
  extra_suffixes: words.default([]),
});
const legalFormsFile = z.array(
  z.strictObject({
    kind: z.enum(legalKinds),
    ending: rows.default([]),
    leading: rows.default([]),
    joined: rows.default([]),
  }),
);
const lexiconFile = z.array(
  z.strictObject({
    en: listed,
    ja: listed.default([]),
    ko: listed.default([]),
    zh: listed.default([]),
    leave: z.number().min(0).max(1).default(1),
  }),
);
const kanjiReadingsFile = z.strictObject({ readings: rows });
const portion = z.number().min(0).max(1);
const reviewFile = z.strictObject({
  chanceOfError: z.strictObject(
    Object.fromEntries(questionReasons.map((reason) => [reason, portion])) as Record<
      QuestionReason,
      typeof portion
    >,
  ),
  estimateCountsAs: z.number().min(0),
  askJoinsBelow: portion,
  mostJoinsAsked: z.int().min(0),
  worth: z.strictObject({
    company: z.number().min(0),
    contact: z.number().min(0),
    openPipeline: z.number().min(0),
  }),
});
const junkNamesFile = z.strictObject({ names: rows });

export function loadKeyRules(files: MappingFiles = shippedMappingFiles): KeyRules {
  const legalForms = arrangeLegalForms(readList('legal-forms.yaml', legalFormsFile, files));
  const junkNames = new Set<string>();
  for (const name of readList('junk-names.yaml', junkNamesFile, files).names) {
    junkNames.add(foldName(name).replace(/ /gu, ''));
    const core = readNameForms(name, legalForms)?.core;
    if (core !== undefined) junkNames.add(core);
  }
  const lexicon = arrangeLexicon(readList('lexicon.yaml', lexiconFile, files));
  const kanjiReadings = arrangeKanjiReadings(
    readList('kanji-readings.yaml', kanjiReadingsFile, files).readings.map(splitReading),
  );
  return Object.freeze({
    hosts: arrangeHosts(readList('hosts.yaml', hostsFile, files)),
    legalForms,
    lexicon,
    kanjiReadings,
    junkNames,
    review: readList('review.yaml', reviewFile, files),
  });
}

function splitReading(pair: string): readonly [string, string] {
  const [word = '', reading = ''] = pair.split('=');
  return [word, reading];
}

function arrangeHosts(file: z.output<typeof hostsFile>): HostRules {
  const classByHost = new Map<string, SharedHostClass>();
  const classByStem = new Map<string, SharedHostClass>();
  for (const name of sharedHostClasses) {
    for (const domain of file[name]?.domains ?? []) classByHost.set(domain.toLowerCase(), name);
    for (const stem of file[name]?.stems ?? []) classByStem.set(stem.toLowerCase(), name);
  }
  return { classByHost, classByStem, extraSuffixes: new Set(file.extra_suffixes) };
}

function readList<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  files: MappingFiles,
): z.output<Schema> {
  const { text, shownPath } = requireFile(files, `keys/${name}`);
  return parseDocument(schema, parseYamlText(text, shownPath), shownPath);
}
