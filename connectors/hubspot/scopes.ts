// What the service key or the OAuth app must be allowed. Tasks come with the contacts scopes.

export const SCOPES: readonly string[] = [
  'crm.objects.companies.read',
  'crm.objects.companies.write',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.deals.read',
  'crm.objects.owners.read',
  'crm.schemas.companies.write',
  'crm.schemas.contacts.write',
];
