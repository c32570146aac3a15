// Reads what the command line names: a file, or standard input for `-`.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { UsageError } from '#errors/errors.ts';

export async function readJsonArray(file: string): Promise<readonly unknown[]> {
  const content = file === '-' ? await text(process.stdin) : await readTextFile(file);
  let value: unknown;
  try {
    value = JSON.parse(content.replace(/^\uFEFF/u, ''));
  } catch (cause) {
    throw new UsageError(`${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  if (!Array.isArray(value)) throw new UsageError(`${file} holds no JSON array`);
  return value;
}

/** Lines of a file, streamed; a missing file is found before the first line is asked for. */
export async function openLines(file: string): Promise<AsyncIterable<string>> {
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  if (file !== '-') {
    await new Promise<void>((resolve, reject) => {
      input.once('readable', resolve);
      input.once('error', (cause: Error) =>
        reject(new UsageError(`There is no readable file ${file}`, { cause })),
      );
    });
  }
  // Made when it is read: an interface that nobody listens to yet would let lines go by.
  return {
    [Symbol.asyncIterator]: () =>
      createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator](),
  };
}

export async function readTextFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`There is no readable file ${file}`, { cause });
  }
}
