// The keys that stored secrets are sealed with: 32 bytes each.

export interface SecretKeys {
  /** Seals and opens. */
  readonly current: Buffer;
  /** Only open what they sealed, until everything is sealed anew. */
  readonly former: readonly Buffer[];
}
