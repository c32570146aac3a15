import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '#errors/errors.ts';
import { createSecretBox } from '#store/secrets/secret-box.ts';

const keyOf = (fill: number): Buffer => Buffer.alloc(32, fill);
const box = createSecretBox({ current: keyOf(1), former: [] });

describe('a sealed secret', () => {
  it('opens to what it was, whatever that was', () => {
    assert(
      property(string({ unit: 'binary' }), string(), (secret, context) => {
        expect(box.open(box.seal(secret, context), context)).toBe(secret);
      }),
    );
  });

  it('shows nothing of itself and is never the same twice', () => {
    const [one, two] = [box.seal('5Aep861-refresh', 'token:sf'), box.seal('5Aep861-refresh', 'token:sf')];
    expect(one).not.toBe(two);
    expect(one).not.toContain('refresh');
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('refresh');
  });

  it.each([
    ['of another connection', (sealed: string) => box.open(sealed, 'token:hs')],
    [
      'that was changed',
      (sealed: string) => {
        const packed = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
        packed[packed.length - 1] = (packed.at(-1) ?? 0) ^ 1;
        return box.open(
          [...sealed.split('.').slice(0, 2), packed.toString('base64url')].join('.'),
          'token:sf',
        );
      },
    ],
    ['that was cut off', (sealed: string) => box.open(sealed.slice(0, 30), 'token:sf')],
    [
      'whose key is not given',
      (sealed: string) => createSecretBox({ current: keyOf(2), former: [] }).open(sealed, 'token:sf'),
    ],
  ])('%s is refused, with what to do', (_, open) => {
    expect(() => open(box.seal('secret', 'token:sf'))).toThrow(ConfigError);
    expect(() => open(box.seal('secret', 'token:sf'))).not.toThrow(/secret1|AQEB/u);
  });

  it('opens with a former key and is known to need sealing anew', () => {
    const rotated = createSecretBox({ current: keyOf(2), former: [keyOf(1)] });
    const sealed = box.seal('secret', 'token:sf');
    expect(rotated.open(sealed, 'token:sf')).toBe('secret');
    expect(rotated.isSealedByCurrentKey(sealed)).toBe(false);
    expect(rotated.isSealedByCurrentKey(rotated.seal('secret', 'token:sf'))).toBe(true);
  });

  it('may have been stored before there were keys', () => {
    expect(box.open('5Aep861-plain', 'token:sf')).toBe('5Aep861-plain');
    expect(box.isSealedByCurrentKey('5Aep861-plain')).toBe(false);
  });
});
