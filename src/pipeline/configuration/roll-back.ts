// Goes back to what was in force right after a version, by a new version: nothing is ever undone in the books.
import { NotFoundError } from '#errors/errors.ts';
import type { ConfigurationParts } from './configuration-parts.ts';
import type { Verdict } from './decide-version.ts';
import { type Proposed, proposeVersion } from './propose-version.ts';

/** `number` 0: before the first version, when the folder's and the shipped files counted. Approval is asked as for any other. */
export async function rollBack(
  parts: ConfigurationParts,
  { number, author, reason, dryRun }: Verdict,
): Promise<Proposed> {
  const [wanted, inForce] = await Promise.all([parts.store.inForceAfter(number), parts.store.inForce()]);
  if (wanted === null) {
    throw new NotFoundError(`Version ${number} of the configuration was never in force`, {
      next: 'See `tierline config list`; 0 is the time before the first.',
    });
  }
  const texts = new Map(wanted.map(({ path, content }) => [path, content]));
  const files = inForce.files.map(({ path, version }) => ({
    path,
    content: texts.get(path) ?? null,
    base: version,
  }));
  return proposeVersion(parts, { files, author, reason, dryRun, rollsBackTo: number });
}
