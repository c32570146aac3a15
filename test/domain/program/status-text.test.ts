import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROGRAM_STATUSES } from '#domain/program/program.ts';
import { type ProgramLine, readStatusText, writeStatusText } from '#domain/program/status-text.ts';

const anyLine: fc.Arbitrary<ProgramLine> = fc.record({
  program: fc.stringMatching(/^[a-z][a-z0-9_]{1,39}$/u),
  status: fc.constantFrom(...PROGRAM_STATUSES),
  dueOn: fc.constantFrom(null, '2026-12-01', '2027-02-28'),
});
const anyLines = fc.uniqueArray(anyLine, { selector: ({ program }) => program, maxLength: 12 });

const byProgram = (a: ProgramLine, b: ProgramLine) => (a.program < b.program ? -1 : 1);

describe('the status text of programs', () => {
  it('is a sorted line a program, with the day it is due', () => {
    const text = writeStatusText([
      { program: 'roundtable', status: 'in_progress', dueOn: null },
      { program: 'direct_mail', status: 'approved', dueOn: '2026-12-01' },
    ]);
    expect(text).toBe('direct_mail: Approved (due 2026-12-01)\nroundtable: In progress');
  });

  it('is none without a program', () => {
    expect(writeStatusText([])).toBeNull();
    expect(readStatusText(null)).toEqual([]);
  });

  it('is read back as it was written, with either line break', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const text = writeStatusText(lines);
        expect(readStatusText(text).toSorted(byProgram)).toEqual(lines.toSorted(byProgram));
        expect(readStatusText(text?.replaceAll('\n', '\r\n') ?? null)).toEqual(readStatusText(text));
      }),
    );
  });

  it('is the same text in whatever order the programs come', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        expect(writeStatusText(lines.toReversed())).toBe(writeStatusText(lines));
      }),
    );
  });

  it('passes over what people wrote between the lines', () => {
    const text = 'please hurry!\ndirect_mail: Approved\nroundtable: Someday\nDirect Mail: Offered\n';
    expect(readStatusText(text)).toEqual([{ program: 'direct_mail', status: 'approved', dueOn: null }]);
  });
});
