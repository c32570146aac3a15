// What an admin may set about buying groups. Decides nothing itself.
import type { EventType } from '#domain/engagement/engagement-policy.ts';
import type { BuyingRole } from './buying-role.ts';

export interface BuyingGroupPolicy {
  /** The parts that somebody has to play, and which roles count as playing them. */
  readonly required: readonly { readonly part: string; readonly roles: readonly BuyingRole[] }[];
  /** People who take part in a decision. */
  readonly people: number;
  /** Known by what they do: so many of these events, and so many points. */
  readonly champion: {
    readonly types: readonly EventType[];
    readonly times: number;
    readonly points: number;
  };
}
