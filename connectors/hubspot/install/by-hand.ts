// What an admin still has to click in HubSpot after `setup`, because no API does it.
import type { InstallRequest } from '#ports/crm.ts';
import { SCOPES } from '../scopes.ts';

export function listWorkByHand({ users, profile, layouts }: InstallRequest): readonly string[] {
  const salesforceOnly = users.length > 0 || profile !== null || layouts === 'all' || layouts.length > 0;
  return [
    `Settings > Integrations > Service Keys: give the key these scopes (tasks come with the contacts scopes): ${SCOPES.join(', ')}.`,
    'Settings > Objects > Companies > Record customization > default view > Add card > Property list: choose the properties of the group "Tierline", save.',
    'Settings > Objects > Contacts > Record customization > default view > Add card > Property list: choose the properties of the group "Tierline", save.',
    'CRM > Companies > Add view: filter "Tier" is any of Tier 1, Tier 2; share the view with the sales team.',
    'Settings > Properties > each Tierline property except the override, the programs requested and the buying role > Field-level permissions: view only for the sales team (Professional and Enterprise portals).',
    ...(salesforceOnly
      ? [
          '--users, --profile and --layouts mean nothing in HubSpot: its API has no permission sets or layouts.',
        ]
      : []),
  ];
}
