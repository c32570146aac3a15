// When a version of the configuration waits for a second person, and who may be that person. Knows ids, no sign-in.

export interface ApprovalRule {
  /** Paths below `mappings/` that come into force only when a second person says so. */
  readonly files: 'all' | readonly string[];
}

/** Who says something, and the person answerable for it: of an API key, whoever made the key. */
export interface Speaker {
  readonly isPerson: boolean;
  /** Kind and id, such as `user:u_3f…`. */
  readonly person: string;
}

export function needsApproval(paths: readonly string[], { files }: ApprovalRule): boolean {
  return files === 'all' ? paths.length > 0 : paths.some((path) => files.includes(path));
}

/** `no-person`: a program cannot stand in for the second pair of eyes. `author`: nobody approves what they wrote. */
export function judgeApprover(author: string, { isPerson, person }: Speaker): 'may' | 'no-person' | 'author' {
  if (!isPerson) return 'no-person';
  return person === author ? 'author' : 'may';
}
