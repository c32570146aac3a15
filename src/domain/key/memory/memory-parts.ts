// How columns are put away and taken back: named runs of bytes. Knows neither what they hold nor where they are kept.

/** Bytes of one part; parts of one name follow each other in order. */
export interface MemoryPart {
  readonly name: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A multiple of every chunk that a column or a pool grows by, so that what is taken back needs no copy. */
const partBytes = 1 << 22;

export interface MemorySink {
  add: (name: string, views: readonly (Uint8Array | Uint16Array | Int32Array | Float64Array)[]) => void;
}

export interface MemorySource {
  /** The parts of this name, in order; each can be taken once. */
  take: (name: string) => Uint8Array<ArrayBuffer>[];
}

/** Collects views of the columns; bytes are copied part by part, while they are put away. */
export function createMemorySink(): MemorySink & { parts: () => Generator<MemoryPart> } {
  const runs: { readonly name: string; readonly views: readonly Uint8Array[] }[] = [];
  return {
    add(name, views) {
      const bytes = views.map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      runs.push({ name, views: bytes });
    },
    *parts() {
      for (const { name, views } of runs) for (const data of cut(views)) yield { name, data };
    },
  };
}

function* cut(views: readonly Uint8Array[]): Generator<Uint8Array<ArrayBuffer>> {
  let left = views.reduce((sum, { byteLength }) => sum + byteLength, 0);
  let part = new Uint8Array(Math.min(left, partBytes));
  let used = 0;
  for (const view of views) {
    for (let at = 0; at < view.byteLength; ) {
      const piece = view.subarray(at, at + part.byteLength - used);
      part.set(piece, used);
      used += piece.byteLength;
      at += piece.byteLength;
      left -= piece.byteLength;
      if (used < part.byteLength) continue;
      yield part;
      part = new Uint8Array(Math.min(left, partBytes));
      used = 0;
    }
  }
}

export function createMemorySource(): MemorySource & { put: (part: MemoryPart) => void } {
  const byName = new Map<string, Uint8Array<ArrayBuffer>[]>();
  return {
    put({ name, data }) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [data]);
      else known.push(data);
    },
    take(name) {
      const parts = byName.get(name) ?? [];
      byName.delete(name);
      return parts;
    },
  };
}

/** The parts of one name as one run of bytes, aligned for numbers of any width. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
