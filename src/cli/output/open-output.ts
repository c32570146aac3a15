// Opens what the command line names to write to: a file, or standard output for `-`.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { UsageError } from '#errors/errors.ts';

/** A file that cannot be written is found before the first line is. `input` is read meanwhile: to write over it would empty it. */
export async function openOutput(file: string, input?: string): Promise<Writable> {
  if (file === '-') return process.stdout;
  if (input !== undefined && (await areOneFile(file, input))) {
    throw new UsageError(`${file} is the input itself`, { next: 'Name another file to write to.' });
  }
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

/** Under any name: a link to a file is the file. */
async function areOneFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((file) => stat(file).catch(() => null)));
  return one?.isFile() === true && one.ino === other?.ino && one.dev === other.dev;
}
