// Who is known of a company's buying group, over all connections: the parts they play, who is missing, who acts like a champion.
import { textOf } from '#domain/record/text-of.ts';
import type { BuyingRole } from '#domain/role/buying-role.ts';
import { coverRoles, type RoleCoverage } from '#domain/role/cover-roles.ts';
import { findChampions } from '#domain/role/find-champions.ts';
import type { GatheredSignals } from './gather-signals.ts';
import { type ContactRole, peopleByEmail } from './person-roles.ts';
import type { Scoring } from './scoring.ts';

export interface Champion {
  /** null: an address that no contact has. */
  readonly contact: { readonly connection: string; readonly id: string } | null;
  /** By what the person did, or because somebody said so. */
  readonly by: 'conduct' | 'person' | 'crm';
  readonly points: number | null;
  /** Replies and meetings. */
  readonly times: number | null;
}

export interface BuyingGroup extends RoleCoverage {
  readonly champions: readonly Champion[];
}

/** @param engaged people who count in engagement */
export function gatherBuyingGroup(
  roles: readonly ContactRole[],
  signals: GatheredSignals,
  engaged: number,
  { policy }: Scoring,
): BuyingGroup {
  return {
    ...coverRoles(rolesOfPeople(roles, policy.engagement.roleFactors), engaged, policy.buyingGroup),
    champions: [...championsByWord(roles), ...championsByConduct(roles, signals, policy)],
  };
}

/** One role a person: two contacts of one address are one, of the weightier role. */
function rolesOfPeople(
  roles: readonly ContactRole[],
  factors: Parameters<typeof peopleByEmail>[1],
): readonly (BuyingRole | null)[] {
  const withoutEmail = roles.filter(({ contact }) => textOf(contact.fields, 'email') === null);
  const byEmail = [...peopleByEmail(roles, factors).values()].map(({ role }) =>
    role === 'unknown' || role === 'excluded' ? null : role,
  );
  return [...byEmail, ...withoutEmail.map(({ role }) => role)];
}

function championsByWord(roles: readonly ContactRole[]): readonly Champion[] {
  return roles.flatMap(({ contact, role, source }) =>
    role === 'champion'
      ? [
          {
            contact: { connection: contact.connection, id: contact.id },
            by: source === 'person' ? ('person' as const) : ('crm' as const),
            points: null,
            times: null,
          },
        ]
      : [],
  );
}

function championsByConduct(
  roles: readonly ContactRole[],
  signals: GatheredSignals,
  policy: Scoring['policy'],
): readonly Champion[] {
  return findChampions(signals.events, policy.engagement, policy.buyingGroup).flatMap(
    ({ person, points, times }) => {
      const known = roles.filter(({ contact }) => textOf(contact.fields, 'email')?.toLowerCase() === person);
      if (known.some(({ role }) => role === 'champion')) return [];
      const contact = known[0]?.contact;
      return [
        {
          contact: contact === undefined ? null : { connection: contact.connection, id: contact.id },
          by: 'conduct' as const,
          points,
          times,
        },
      ];
    },
  );
}
