import { describe, expect, it } from 'vitest';
import { encodeSound, soundDistance, soundWeight } from '#domain/key/sound/align-sound.ts';
import { hanSound } from '#domain/key/sound/han-sound.ts';
import { hangulSound } from '#domain/key/sound/hangul-sound.ts';
import { kanaSound } from '#domain/key/sound/kana-sound.ts';
import { latinSound } from '#domain/key/sound/latin-sound.ts';
import type { SoundLanguage } from '#domain/key/sound/lexicon.ts';
import { sayWords } from '#domain/key/sound/sayings.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';

const { lexicon } = loadKeyRules();

function likeness(sound: string, latin: string, language: SoundLanguage): number {
  const target = encodeSound(sound);
  const words = latin.split(' ');
  return (
    1 - soundDistance(target, sayWords(words, language, lexicon), words.length, 100) / soundWeight(target)
  );
}

describe('soundDistance', () => {
  it.each([
    ['アクメロボティクス', 'acme robotics'],
    ['ヤマダデンキ', 'yamada electric'],
    ['ヤマダギンコウ', 'yamada bank'],
    ['トウヨウセイヤク', 'toyo pharmaceutical'],
    ['エヌティーティー', 'ntt'],
    ['オオノコウギョウ', 'ohno industries'],
    ['サンライズホールディングス', 'sunrise holdings'],
  ])('hears %s in %s', (kana, latin) => {
    expect(likeness(kanaSound(kana), latin, 'ja')).toBeGreaterThan(0.78);
  });

  it.each([
    ['ヤマダデンキ', 'tanaka electric'],
    ['トウヨウセイヤク', 'taiyo holdings'],
    ['アクメ', 'zenith'],
  ])('does not hear %s in %s', (kana, latin) => {
    expect(likeness(kanaSound(kana), latin, 'ja')).toBeLessThan(0.7);
  });

  it('hears Hangul and Mandarin too', () => {
    expect(likeness(hangulSound('한빛전자'), 'hanbit electronics', 'ko')).toBeGreaterThan(0.85);
    expect(likeness(hanSound('嘉彰'), 'chia chang', 'zh')).toBeGreaterThan(0.85);
  });

  it('never takes one number for another', () => {
    expect(likeness(`${kanaSound('ファンド')}1`, 'fund 2', 'ja')).toBeLessThan(0.5);
  });
});

describe('sounds', () => {
  it('do not tell long vowels, doubled consonants and the spellings of one sound apart', () => {
    expect(kanaSound('オオノ')).toBe(latinSound('ohno'));
    expect(kanaSound('コウソク')).toBe(latinSound('kohsoku'));
    expect(kanaSound('ニッポン')).toBe(latinSound('nippon'));
    expect(kanaSound('シャチ')).toBe(latinSound('shachi'));
  });

  it('reads half-width kana folded by NFKC and hiragana alike', () => {
    expect(kanaSound('ﾄﾖﾀ'.normalize('NFKC'))).toBe(kanaSound('とよた'));
  });
});
