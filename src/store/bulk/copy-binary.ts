// Rows as COPY sends and takes them in binary: for large bytes, which as text would be twice as long.
// https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"
import { Buffer } from 'node:buffer';

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
export const startBinaryRows: Uint8Array = Buffer.concat([signature, Buffer.alloc(8)]);
export const endBinaryRows: Uint8Array = Buffer.from([0xff, 0xff]);

/** The row's bytes, the fields themselves uncopied. */
export function* writeBinaryRow(fields: readonly Uint8Array[]): Generator<Uint8Array> {
  const count = Buffer.alloc(2);
  count.writeInt16BE(fields.length);
  yield count;
  for (const field of fields) {
    const length = Buffer.alloc(4);
    length.writeInt32BE(field.byteLength);
    yield length;
    yield field;
  }
}

/** Fields of each row, each in memory of its own, so that numbers in it are aligned. A null field is empty. */
export async function* readBinaryRows(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>[], void> {
  const bytes = createByteReader(stream);
  await bytes.take(signature.length + 4);
  await bytes.take((await bytes.take(4)).getInt32(0));
  for (;;) {
    const count = (await bytes.take(2)).getInt16(0);
    if (count < 0) break;
    const fields: Uint8Array<ArrayBuffer>[] = [];
    for (let index = 0; index < count; index++) {
      const length = (await bytes.take(4)).getInt32(0);
      fields.push(new Uint8Array((await bytes.take(Math.max(length, 0))).buffer));
    }
    yield fields;
  }
  await bytes.drain();
}

function createByteReader(stream: AsyncIterable<Uint8Array>) {
  const chunks = stream[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array(0);
  return {
    async take(length: number): Promise<DataView<ArrayBuffer>> {
      const taken = new Uint8Array(length);
      for (let used = 0; used < length; ) {
        if (chunk.byteLength === 0) {
          const next = await chunks.next();
          if (next.done === true) throw new RangeError('The COPY stream ended in the middle of a row');
          chunk = next.value;
        }
        const piece = chunk.subarray(0, length - used);
        taken.set(piece, used);
        used += piece.byteLength;
        chunk = chunk.subarray(piece.byteLength);
      }
      return new DataView(taken.buffer);
    },
    async drain(): Promise<void> {
      while ((await chunks.next()).done !== true);
    },
  };
}
