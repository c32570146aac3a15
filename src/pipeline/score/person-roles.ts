// Which part each contact plays: what a person set in our field, else the CRM's own roles (the weightiest), else the title.

import type { PersonRole } from '#domain/engagement/engagement-policy.ts';
import type { KnownPerson } from '#domain/engagement/events-from-rows.ts';
import { wasEdited } from '#domain/plan/diff-field.ts';
import { textOf } from '#domain/record/text-of.ts';
import { BUYING_ROLES, type BuyingRole } from '#domain/role/buying-role.ts';
import type { CompanyDossier, LedgeredRecord } from '#ports/store.ts';
import type { Scoring } from './scoring.ts';

export interface ContactRole {
  readonly contact: LedgeredRecord;
  /** Null when nothing says. */
  readonly role: BuyingRole | null;
  readonly source: 'person' | 'crm' | 'title' | 'none';
  readonly confidence: number;
}

export function rolesOfContacts(dossier: CompanyDossier, scoring: Scoring): readonly ContactRole[] {
  const dealRoles = new Map<string, string[]>();
  for (const { connection, fields } of dossier.opportunityRoles) {
    const contact = `${connection}\n${String(fields['contactId'])}`;
    const role = textOf(fields, 'role');
    if (role === null) continue;
    dealRoles.set(contact, [...(dealRoles.get(contact) ?? []), role]);
  }
  return dossier.contacts.map((contact) => {
    const own = dealRoles.get(`${contact.connection}\n${contact.id}`) ?? [];
    return roleOfContact(contact, own, scoring);
  });
}

function roleOfContact(contact: LedgeredRecord, dealRoles: readonly string[], scoring: Scoring): ContactRole {
  const { fields, lastWritten } = contact;
  const live = BUYING_ROLES.find((role) => role === fields['buyingRole']) ?? null;
  const editedByPeople =
    lastWritten['buyingRole'] === undefined || wasEdited(live, lastWritten['buyingRole']);
  if (live !== null && editedByPeople) return { contact, role: live, source: 'person', confidence: 1 };
  const listed = fields['crmRole'];
  const crmRoles = [...(Array.isArray(listed) ? (listed as readonly string[]) : []), ...dealRoles];
  const fromCrm = weightiest(crmRoles, contact.connection, scoring);
  if (fromCrm !== null) return { contact, role: fromCrm, source: 'crm', confidence: 1 };
  const suggestion = scoring.rules.roles.suggest(textOf(fields, 'title'));
  if (suggestion.role === null) return { contact, role: null, source: 'none', confidence: 0 };
  return { contact, role: suggestion.role, source: 'title', confidence: suggestion.confidence };
}

function weightiest(words: readonly string[], connection: string, scoring: Scoring): BuyingRole | null {
  const { roleFactors } = scoring.policy.engagement;
  let best: BuyingRole | null = null;
  for (const word of words) {
    const role = scoring.rules.roles.ofCrm(scoring.kindOf(connection), word);
    if (role !== null && (best === null || roleFactors[role] > roleFactors[best])) best = role;
  }
  return best;
}

/** Contacts by lower-cased e-mail; of two with one address the weightier role counts. */
export function peopleByEmail(
  roles: readonly ContactRole[],
  roleFactors: Readonly<Record<PersonRole, number>>,
): ReadonlyMap<string, KnownPerson> {
  const people = new Map<string, KnownPerson>();
  for (const { contact, role } of roles) {
    const email = textOf(contact.fields, 'email')?.toLowerCase();
    if (email === undefined) continue;
    const person: KnownPerson = { person: email, role: role ?? 'unknown' };
    const known = people.get(email);
    if (known === undefined || roleFactors[person.role] > roleFactors[known.role]) people.set(email, person);
  }
  return people;
}
