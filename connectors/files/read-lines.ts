// Streams the lines of a text file: gunzips, decodes, drops the byte-order mark. Knows nothing of what a line means.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ConfigError } from '#errors/errors.ts';
import type { SourceFile } from '#ports/source.ts';

/** A line longer than this is no row of data: a wrong file, or a decompression bomb. Characters. */
const LONGEST_LINE = 4_000_000;
/** What one source may unpack to. Bytes. */
const LARGEST_CONTENT = 20_000_000_000;
/**
 * gzip makes rows of data 5 to 30 times smaller, and a thousand times is all it can. What unpacks to so many times its size
 * is no data, once it is more than a small file that repeats itself.
 */
const LARGEST_RATIO = 200;
/** Bytes. */
const RATIO_MATTERS_FROM = 50_000_000;

/** Lines without their line break (LF, CRLF or CR). The last one may lack a break; an empty end is not a line. */
export async function* readLines(file: SourceFile): AsyncGenerator<string, void> {
  const encoding = file.encoding ?? (await sniffEncoding(file));
  const decoder = new TextDecoder(encoding, { fatal: true });
  let rest = '';
  let line = 0;
  let bytes = 0;
  const packedSize = await sizeOf(file);
  for await (const chunk of contentOf(file)) {
    bytes += chunk.length;
    if (bytes > LARGEST_CONTENT) throw tooLarge(file, 'unpacks to more than 20 GB');
    if (bytes > RATIO_MATTERS_FROM && bytes > LARGEST_RATIO * packedSize)
      throw tooLarge(
        file,
        `unpacks to more than ${LARGEST_RATIO} times its size: it is made to fill a machine`,
      );
    rest += decode(chunk);
    // A CR at the very end may be the first half of a CRLF.
    const complete = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    const lines = complete.split(/\r\n|\n|\r/u);
    rest = (lines.pop() ?? '') + rest.slice(complete.length);
    for (const text of lines) {
      line += 1;
      yield text;
    }
    if (rest.length > LONGEST_LINE)
      throw tooLarge(file, `line ${line + 1} is longer than ${LONGEST_LINE} characters`);
  }
  rest += decode(undefined);
  const last = rest.replace(/\r$/u, '');
  if (last !== '') yield last;

  function decode(chunk: Buffer | undefined): string {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new ConfigError(
        `${file.shownPath} is not ${encoding.toUpperCase()}: bytes after line ${line} do not decode`,
        {
          cause,
          next: 'Save the file as UTF-8, or name its `encoding:` in tierline.yaml (windows-1252, shift_jis, euc-kr, big5 …).',
        },
      );
    }
  }
}

async function* contentOf(file: SourceFile): AsyncGenerator<Buffer, void> {
  const stream = openContent(file);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    throw new ConfigError(
      `${file.shownPath} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
        next: 'Check that the file is there, readable, and really gzip when its name ends in .gz.',
      },
    );
  } finally {
    stream.destroy();
  }
}

/** Infinite when it cannot be told: reading the file will say why. */
async function sizeOf(file: SourceFile): Promise<number> {
  return stat(file.path).then(
    ({ size }) => size,
    () => Number.POSITIVE_INFINITY,
  );
}

function openContent(file: SourceFile): Readable {
  const raw = createReadStream(file.path);
  if (!file.path.endsWith('.gz')) return raw;
  // An error of either stream reaches whoever iterates the last one, which closes both.
  return pipeline(raw, createGunzip(), () => undefined);
}

/** UTF-16 files announce themselves by a byte-order mark; all else is taken as UTF-8. */
async function sniffEncoding(file: SourceFile): Promise<string> {
  if (file.path.endsWith('.gz')) return 'utf-8';
  const unreadable = (cause: unknown): never => {
    throw new ConfigError(`There is no readable file ${file.shownPath}`, {
      cause,
      next: 'Put the file there, or correct `file:` of the source in tierline.yaml.',
    });
  };
  const handle = await open(file.path).catch(unreadable);
  try {
    // A folder can be opened; only reading it fails.
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0).catch(unreadable);
    if (bytesRead === 2 && buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
    if (bytesRead === 2 && buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
    return 'utf-8';
  } finally {
    await handle.close();
  }
}

function tooLarge(file: SourceFile, what: string): ConfigError {
  return new ConfigError(`${file.shownPath} ${what}`, {
    next: 'Check that the right file is named; split it if it is.',
  });
}
