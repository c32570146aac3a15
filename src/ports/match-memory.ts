// What matching remembers between two runs. The bytes are the domain's; the store keeps them with the assignment they belong to.
import type { MemoryPart } from '#domain/key/memory/memory-parts.ts';
import type { KeyedReference } from './judgements.ts';

export interface StoredMemory {
  /** Records that changed, came or went since the memory was written; each once, in no order. */
  readonly changes: readonly KeyedReference[];
  parts(): AsyncIterable<MemoryPart>;
}

export interface MemoryToKeep {
  /** Names the matcher and its rules: another version cannot read it. */
  readonly version: string;
  readonly parts: () => Iterable<MemoryPart>;
}
