// What is known of the keys of tasks and program rows of one company: whether one may still be used. A key ever used, by a
// record that stands, was completed or was deleted, is never used again.
import { textOf } from '#domain/record/text-of.ts';
import type { CompanyDossier } from '#ports/store.ts';

/** `in_doubt`: it was sent, and nobody knows whether it arrived. */
export type KeyState = 'free' | 'in_doubt' | 'used';
export type ObjectWithKey = 'task' | 'program';

const KEY_FIELDS: Readonly<Record<ObjectWithKey, string>> = { task: 'taskKey', program: 'programKey' };

export function keyStatesOf(
  dossier: Pick<CompanyDossier, 'tasks' | 'programs' | 'usedKeys'>,
): (object: ObjectWithKey, key: string) => KeyState {
  const used = new Map(dossier.usedKeys.map(({ object, key, status }) => [`${object}\n${key}`, status]));
  const standing = new Set<string>();
  for (const object of ['task', 'program'] as const) {
    for (const { fields } of object === 'task' ? dossier.tasks : dossier.programs)
      standing.add(`${object}\n${textOf(fields, KEY_FIELDS[object]) ?? ''}`);
  }
  return (object, key) => {
    const name = `${object}\n${key}`;
    if (standing.has(name) || used.get(name) === 'written') return 'used';
    return used.get(name) === 'sent' ? 'in_doubt' : 'free';
  };
}
