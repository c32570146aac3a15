// Opens what the command line names to write to: a file, or standard output for `-`.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { UsageError } from '#errors/errors.ts';

/** A file that cannot be written is found before the first line is. */
export async function openOutput(file: string): Promise<Writable> {
  if (file === '-') return process.stdout;
  const output = createWriteStream(file);
  try {
    await once(output, 'open');
  } catch (cause) {
    throw new UsageError(`${file} cannot be written`, {
      cause,
      next: 'Name a file in a folder that is there and yours to write to.',
    });
  }
  return output;
}
