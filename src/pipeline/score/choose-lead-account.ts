// Of the records of one company, the one that is worked: it gets tasks and programs, and its own values come first.
import { isOpenOpportunity } from '#domain/value/opportunity.ts';
import type { CompanyDossier, LedgeredRecord } from '#ports/store.ts';

/** The one with the open deal, else with most contacts, else of the lowest id (policy section 14). */
export function chooseLeadAccount(dossier: CompanyDossier): LedgeredRecord | null {
  const withOpenDeal = new Set<string>();
  for (const { connection, fields } of dossier.opportunities) {
    if (isOpenOpportunity(fields)) withOpenDeal.add(`${connection}\n${String(fields['accountId'])}`);
  }
  const contacts = new Map<string, number>();
  for (const { connection, fields } of dossier.contacts) {
    const account = `${connection}\n${String(fields['accountId'])}`;
    contacts.set(account, (contacts.get(account) ?? 0) + 1);
  }
  const rank = (account: LedgeredRecord) => {
    const name = `${account.connection}\n${account.id}`;
    return { open: Number(withOpenDeal.has(name)), contacts: contacts.get(name) ?? 0 };
  };
  return (
    dossier.accounts.toSorted((a, b) => {
      const left = rank(a);
      const right = rank(b);
      return right.open - left.open || right.contacts - left.contacts || compareIds(a, b);
    })[0] ?? null
  );
}

/** Ids are numbers in one CRM and text in the other: shorter first, then by character. */
function compareIds(a: LedgeredRecord, b: LedgeredRecord): number {
  if (a.id.length !== b.id.length) return a.id.length - b.id.length;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : a.connection < b.connection ? -1 : 1;
}
