import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANY_ROOM, cut, fits, narrowTo, type TextRoom } from '#domain/tier/text/text-room.ts';

const characters = (count: number): TextRoom => ({ characters: count, bytes: null });
const bytes = (count: number): TextRoom => ({ characters: null, bytes: count });

describe('the room of a field', () => {
  it('counts characters, or bytes where its CRM does: three for a kana', () => {
    expect(fits('価格', characters(2))).toBe(true);
    expect(fits('価格', bytes(6))).toBe(true);
    expect(fits('価格', bytes(5))).toBe(false);
    expect(fits('x'.repeat(1000), ANY_ROOM)).toBe(true);
  });

  it('is what the policy allows, unless the field takes less', () => {
    expect(narrowTo(255, ANY_ROOM).characters).toBe(255);
    expect(narrowTo(255, characters(100)).characters).toBe(100);
    expect(narrowTo(255, { characters: 400, bytes: 90 })).toEqual({ characters: 255, bytes: 90 });
  });

  it('is never overrun by what is cut to it, and no character is halved', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 40 }), fc.boolean(), (text, size, inBytes) => {
        const room = inBytes ? bytes(size) : characters(size);
        const kept = cut(text, room);
        expect(fits(kept, room)).toBe(true);
        if (kept === text) return;
        expect(kept.endsWith('…')).toBe(true);
        // Whole characters, of two units too: a half would not be well formed.
        expect(text.startsWith(kept.slice(0, -1))).toBe(true);
        expect(kept.isWellFormed()).toBe(text.isWellFormed() || kept.isWellFormed());
      }),
    );
  });
});
