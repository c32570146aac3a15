import { describe, expect, it } from 'vitest';
import { standingOf } from '#domain/configuration/compare-folder.ts';

const hash = (text: string) => `#${text}`;
const standing = (text: string | null, content: string | null, taken: string | null, takenVersion = 1) =>
  standingOf(
    {
      path: 'policy.yaml',
      text,
      held: content === null ? null : { path: 'policy.yaml', version: 2, content },
      taken: taken === null ? null : { version: takenVersion, hash: hash(taken) },
    },
    hash,
  );

describe('a file of a folder beside the version in force', () => {
  it.each([
    [null, null, null, null],
    ['a', 'a', null, 'same'],
    ['a', null, null, 'folder-only'],
    [null, 'a', 'a', 'service-only'],
    ['a', 'b', 'a', 'service-newer'],
    ['mine', 'b', 'a', 'both'],
    ['mine', 'b', null, 'both'],
  ])('%s here, %s there, %s taken before: %s', (text, content, taken, expected) => {
    expect(standing(text, content, taken)).toBe(expected);
  });

  it('is newer in the folder when it was edited since the version in force was taken', () => {
    expect(standing('mine', 'b', 'b', 2)).toBe('folder-newer');
  });

  it('counts as the folder alone when a version took it out', () => {
    const held = { path: 'policy.yaml', version: 3, content: null };
    expect(standingOf({ path: 'policy.yaml', text: 'a', held, taken: null }, hash)).toBe('folder-only');
  });
});
