// Fills a new org with what every org has before the first account: profiles, users, the organisation itself and
// the catalogues of task states and opportunity stages.
import { FORECAST_LABELS, OPPORTUNITY_STAGES, TASK_STATUSES } from '../objects/picklist-values.ts';
import type { Org } from './org.ts';
import type { FieldValue } from './row.ts';
import { toStamp } from './stamp.ts';

export interface SeedUser {
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
}

export interface SeededSetup {
  /** The user the API acts as. */
  readonly integrationUserId: string;
  readonly integrationUsername: string;
  /** A system administrator who is a person. */
  readonly adminUserId: string;
  /** In the order given. */
  readonly userIds: readonly string[];
}

const INTEGRATION_USERNAME = 'integration@tierline.sandbox';
const PROFILES = ['System Administrator', 'Standard User', 'Minimum Access - API Only Integrations'] as const;

export const seedSetup = (org: Org, users: readonly SeedUser[], currency: string | null): SeededSetup => {
  const stamp = toStamp(org.now());
  const integrationUserId = org.mintId('005');

  const put = (objectName: string, id: string, fields: Readonly<Record<string, FieldValue>>): string => {
    const object = org.schema.find(objectName);
    if (object === undefined) throw new Error(`the schema has no ${objectName}`);
    const defaults = Object.fromEntries(
      object.fields
        .filter((field) => field.defaultValue !== null)
        .map((field) => [field.name, field.defaultValue]),
    );
    const audit = {
      CreatedDate: stamp,
      CreatedById: integrationUserId,
      LastModifiedDate: stamp,
      LastModifiedById: integrationUserId,
      SystemModstamp: stamp,
    };
    org.put(objectName, { ...defaults, ...audit, ...fields, Id: id });
    return id;
  };

  const [adminProfileId, userProfileId, integrationProfileId] = PROFILES.map((name) =>
    put('Profile', org.mintId('00e'), { Name: name, UserType: 'Standard' }),
  );

  const putUser = (id: string, user: SeedUser, username: string, profileId: string | undefined): string => {
    const [firstName, ...rest] = user.name.split(' ');
    const lastName = rest.join(' ');
    return put('User', id, {
      Username: username,
      Email: user.email,
      Name: user.name,
      FirstName: lastName === '' ? null : (firstName ?? null),
      LastName: lastName === '' ? user.name : lastName,
      Alias: username.slice(0, 8),
      IsActive: user.active,
      ProfileId: profileId ?? null,
      UserType: 'Standard',
    });
  };

  const integrationUser = { name: 'Tierline Integration', email: INTEGRATION_USERNAME, active: true };
  putUser(integrationUserId, integrationUser, INTEGRATION_USERNAME, integrationProfileId);
  const admin = { name: 'Ada Admin', email: 'admin@tierline.sandbox', active: true };
  const adminUserId = putUser(org.mintId('005'), admin, admin.email, adminProfileId);
  const userIds = users.map((user) => putUser(org.mintId('005'), user, user.email, userProfileId));

  put('Organization', org.id, {
    Name: 'Tierline Sandbox',
    OrganizationType: 'Enterprise Edition',
    InstanceName: 'SBX1',
    IsSandbox: true,
    LanguageLocaleKey: 'en_US',
    DefaultLocaleSidKey: 'en_US',
    TimeZoneSidKey: 'GMT',
    FiscalYearStartMonth: 1,
    ...(currency === null ? {} : { DefaultCurrencyIsoCode: currency }),
  });
  for (const [index, status] of TASK_STATUSES.entries()) {
    put('TaskStatus', org.mintId('01T'), {
      MasterLabel: status.value,
      ApiName: status.value,
      SortOrder: index + 1,
      IsDefault: index === 0,
      IsClosed: status.closed,
    });
  }
  for (const [index, stage] of OPPORTUNITY_STAGES.entries()) {
    put('OpportunityStage', org.mintId('01J'), {
      MasterLabel: stage.value,
      ApiName: stage.value,
      IsActive: true,
      IsClosed: stage.closed,
      IsWon: stage.won,
      ForecastCategoryName: FORECAST_LABELS[stage.forecast],
      DefaultProbability: stage.probability,
      SortOrder: index + 1,
    });
  }
  return { integrationUserId, integrationUsername: INTEGRATION_USERNAME, adminUserId, userIds };
};
