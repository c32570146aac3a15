// How a well-formed file can still be wrong: values that contradict each other, told with what would do.
import { MappingError } from '#errors/errors.ts';

export interface Contradiction {
  readonly path: string;
  readonly read: string;
  /** What would do. */
  readonly wanted: string;
}

export function toMappingError(file: string, contradictions: readonly Contradiction[]): MappingError {
  const lines = contradictions.map(({ path, read, wanted }) => `  ${path}: read ${read}; wanted: ${wanted}`);
  return new MappingError([`${file} contradicts itself:`, ...lines].join('\n'), {
    next: `Correct ${file} and run the command again.`,
  });
}

export function checkSum(path: string, numbers: readonly number[], wanted: number): readonly Contradiction[] {
  const sum = numbers.reduce((total, number) => total + number, 0);
  if (Math.abs(sum - wanted) < 1e-6) return [];
  return [{ path, read: `weights that add up to ${Number(sum.toFixed(6))}`, wanted: `a sum of ${wanted}` }];
}
