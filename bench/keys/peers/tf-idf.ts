// Peer: cosine of TF-IDF over letter trigrams of the normalised name, joined above a bar; domains and identifiers unread.
// Candidates share one of a name's rarest trigrams, as the libraries that do this at scale block.
import { readNameForms } from '#domain/key/name/name-forms.ts';
import type { Peer } from './peer.ts';
import { SimpleUnion } from './simple-union.ts';

const bar = 0.85;
const rarestTrigrams = 4;
const blockCap = 200;

export const tfIdf: Peer = {
  name: 'TF-IDF cosine',
  group: (records, rules) => {
    const names = records.map(({ id, name, companyName }) => ({
      id,
      grams: trigrams(readNameForms(name ?? companyName ?? '', rules.legalForms)?.words.join(' ') ?? ''),
    }));
    const frequencies = new Map<string, number>();
    for (const { grams } of names)
      for (const gram of grams.keys()) frequencies.set(gram, (frequencies.get(gram) ?? 0) + 1);
    const vectors = names.map(({ grams }) => weigh(grams, frequencies, names.length));
    const blocks = new Map<string, number[]>();
    vectors.forEach((vector, index) => {
      const rarest = [...vector].toSorted((a, b) => b[1] - a[1]).slice(0, rarestTrigrams);
      for (const [gram] of rarest) {
        const block = blocks.get(gram);
        if (block === undefined) blocks.set(gram, [index]);
        else if (block.length < blockCap) block.push(index);
      }
    });
    const union = new SimpleUnion();
    for (const block of blocks.values()) {
      for (const [position, one] of block.entries()) {
        for (const other of block.slice(position + 1)) {
          if (cosine(vectors[one], vectors[other]) >= bar)
            union.join(names[one]?.id ?? '', names[other]?.id ?? '');
        }
      }
    }
    return new Map(records.map(({ id }) => [id, union.find(id)]));
  },
};

function trigrams(name: string): Map<string, number> {
  const padded = ` ${name} `;
  const found = new Map<string, number>();
  if (name === '') return found;
  for (let at = 0; at + 3 <= padded.length; at++) {
    const gram = padded.slice(at, at + 3);
    found.set(gram, (found.get(gram) ?? 0) + 1);
  }
  return found;
}

function weigh(
  grams: ReadonlyMap<string, number>,
  frequencies: ReadonlyMap<string, number>,
  count: number,
): Map<string, number> {
  const vector = new Map<string, number>();
  let squares = 0;
  for (const [gram, times] of grams) {
    const weight = times * Math.log((count + 1) / ((frequencies.get(gram) ?? 0) + 1));
    vector.set(gram, weight);
    squares += weight * weight;
  }
  const length = Math.sqrt(squares);
  if (length > 0) for (const [gram, weight] of vector) vector.set(gram, weight / length);
  return vector;
}

function cosine(
  a: ReadonlyMap<string, number> | undefined,
  b: ReadonlyMap<string, number> | undefined,
): number {
  if (a === undefined || b === undefined) return 0;
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
  let product = 0;
  for (const [gram, weight] of fewer) product += weight * (more.get(gram) ?? 0);
  return product;
}
