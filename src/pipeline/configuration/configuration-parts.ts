// What versions of the configuration are made and decided with.
import type { ApprovalRule, Speaker } from '#domain/configuration/approval-rule.ts';
import type { MappingFiles } from '#mapping/files/mapping-files.ts';
import type { Author } from '#ports/audit.ts';
import type { Clock } from '#ports/clock.ts';
import type { ConfigurationStore } from '#ports/configuration.ts';
import type { PeopleStore } from '#ports/people.ts';

export interface ConfigurationParts {
  readonly store: ConfigurationStore;
  readonly people: Pick<PeopleStore, 'findApiKey'>;
  readonly clock: Clock;
  /** What a file is that no version holds: the workspace's own, else the shipped one. */
  readonly files: MappingFiles;
  /** A file of the workspace's own folder; null: it has none. */
  readonly ownFile: (path: string) => string | null;
  readonly approval: ApprovalRule;
}

/** Keys that make keys end at a person; a chain longer than this is a circle. */
const LONGEST_CHAIN = 20;

/** An API key speaks for whoever made it, and is nobody's second pair of eyes. */
export async function speakerOf({ people }: ConfigurationParts, author: Author): Promise<Speaker> {
  if (author.kind !== 'api-key') return { isPerson: true, person: `${author.kind}:${author.id}` };
  let id = author.id;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const key = await people.findApiKey(id);
    if (key === null) break;
    id = key.createdBy;
  }
  return { isPerson: false, person: `user:${id}` };
}
