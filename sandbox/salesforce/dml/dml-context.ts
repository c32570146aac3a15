// On whose behalf and with which rights rows are written.
import { type Access, UNRESTRICTED } from '../access/access.ts';
import type { Org } from '../org/org.ts';

export interface DmlContext {
  readonly org: Org;
  readonly userId: string;
  readonly access: Access;
  /** When the write counts as made; a commit that lands behind the newest stamp seen is made with a past one. */
  readonly at?: Date;
  /** Moves SystemModstamp but not LastModifiedDate, as a background job of the platform does. */
  readonly automation?: boolean;
  /** Sforce-Duplicate-Rule-Header: allowSave=true. */
  readonly allowDuplicates?: boolean;
}

export type DmlInput = Readonly<Record<string, unknown>>;

export const asPlatform = (org: Org, userId: string, at?: Date): DmlContext => ({
  org,
  userId,
  access: UNRESTRICTED,
  ...(at === undefined ? {} : { at }),
});
