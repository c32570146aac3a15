// Which user a person of the identity provider is: by the provider's own id once it is known, before that by a proven e-mail.
import type { AccessRole } from '#domain/access/access-role.ts';
import type { Author } from '#ports/audit.ts';
import type { ProviderSubject, User } from '#ports/people.ts';
import { newUser } from '../invite.ts';
import { auditEntry, auditedUser, type PeopleParts, plainEmail } from '../people-parts.ts';

export interface AdmissionRules {
  readonly issuer: string;
  readonly domains: Readonly<Record<string, AccessRole>>;
}

/**
 * `email-not-proven`: the provider does not vouch for the address. `unknown-person`: no user, and the domain brings nobody in.
 * `another-person`: the address belongs to a user who is somebody else at the provider: addresses are given out again.
 */
export type PersonRefusal = 'email-not-proven' | 'unknown-person' | 'another-person';

export async function admitPerson(
  parts: PeopleParts,
  rules: AdmissionRules,
  claims: Readonly<Record<string, unknown>>,
  requestId: string | null,
): Promise<{ readonly userId: string } | { readonly refused: PersonRefusal }> {
  const { store } = parts;
  const subject = { issuer: rules.issuer, subject: String(claims['sub']) };
  const known = await store.findUserBySubject(subject);
  if (known !== null) return { userId: known.id };
  const { email } = claims;
  if (typeof email !== 'string' || claims['email_verified'] !== true) return { refused: 'email-not-proven' };
  const user =
    (await store.findUserByEmail(plainEmail(email))) ?? (await addByDomain(parts, rules, email, requestId));
  if (user === null) return { refused: 'unknown-person' };
  if (user.hasProvider) return { refused: 'another-person' };
  await bind(parts, user, subject, requestId);
  return { userId: user.id };
}

async function addByDomain(
  parts: PeopleParts,
  { domains }: AdmissionRules,
  email: string,
  requestId: string | null,
): Promise<User | null> {
  const domain = plainEmail(email).split('@').at(-1) ?? '';
  const role = Object.hasOwn(domains, domain) ? domains[domain] : undefined;
  if (role === undefined) return null;
  const user = newUser(parts, email, role);
  const author: Author = { kind: 'user', id: user.id, requestId };
  const change = { action: 'user.add', subject: `user:${user.id}`, before: null, after: auditedUser(user) };
  await parts.store.addUser(user, auditEntry(parts.clock, author, change));
  return parts.store.findUserByEmail(user.email);
}

async function bind(
  { store, clock }: PeopleParts,
  user: User,
  subject: ProviderSubject,
  requestId: string | null,
): Promise<void> {
  const author: Author = { kind: 'user', id: user.id, requestId };
  const change = {
    action: 'user.bind-provider',
    subject: `user:${user.id}`,
    before: null,
    after: { issuer: subject.issuer },
  };
  await store.bindSubject(user.id, subject, auditEntry(clock, author, change));
}
