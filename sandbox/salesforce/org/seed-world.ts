// Turns the invented companies, people and deals that belong to Salesforce into accounts, contacts and opportunities.
// Rows are stored as made over the years by their owners, not through the checks of a write.
import type { World, WorldCompany, WorldDeal, WorldPerson } from '#sandbox/world/world.ts';
import { coerceValue } from '../dml/coerce-value.ts';
import { deriveFields } from '../dml/derive-fields.ts';
import type { Field } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { OPPORTUNITY_STAGES } from '../objects/picklist-values.ts';
import type { Org } from './org.ts';
import type { FieldValue } from './row.ts';
import type { SeededSetup } from './seed-setup.ts';
import { toDay, toStamp } from './stamp.ts';

export interface SeededWorld {
  /** Record ids by world index. */
  readonly accountIds: ReadonlyMap<number, string>;
  readonly contactIds: ReadonlyMap<number, string>;
  readonly opportunityIds: ReadonlyMap<number, string>;
}

type Fields = Readonly<Record<string, FieldValue>>;

const OPEN_STAGES = OPPORTUNITY_STAGES.filter((stage) => !stage.closed).map((stage) => stage.value);

export const seedWorld = (org: Org, setup: SeededSetup, world: World): SeededWorld => {
  const accountIds = new Map<number, string>();
  const contactIds = new Map<number, string>();
  const opportunityIds = new Map<number, string>();
  const store = createStore(org);
  const ownerOf = (index: number | null): string =>
    (index === null ? undefined : setup.userIds[index]) ?? setup.adminUserId;

  const inSalesforce = world.companies.filter((company) => company.crms.includes('salesforce'));
  for (const company of inSalesforce) accountIds.set(company.index, org.mintId('001'));
  for (const company of inSalesforce) {
    const id = accountIds.get(company.index);
    if (id === undefined) continue;
    const parentId = company.parentIndex === null ? undefined : accountIds.get(company.parentIndex);
    store('Account', id, company, ownerOf(company.ownerIndex), {
      ...accountFields(company),
      ParentId: parentId ?? null,
    });
  }

  const companies = new Map(world.companies.map((company) => [company.index, company]));
  for (const person of world.people) {
    if (!person.crms.includes('salesforce')) continue;
    const company = person.companyIndex === null ? undefined : companies.get(person.companyIndex);
    const id = org.mintId('003');
    contactIds.set(person.index, id);
    store('Contact', id, person, ownerOf(company?.ownerIndex ?? null), {
      ...contactFields(person),
      AccountId: (company === undefined ? undefined : accountIds.get(company.index)) ?? null,
      MailingCountry: company?.countryName ?? null,
      ...(company === undefined ? {} : { CurrencyIsoCode: company.currency }),
    });
  }

  for (const deal of world.deals) {
    const accountId = accountIds.get(deal.companyIndex);
    if (!deal.crms.includes('salesforce') || accountId === undefined) continue;
    const ownerId = ownerOf(companies.get(deal.companyIndex)?.ownerIndex ?? null);
    const id = org.mintId('006');
    opportunityIds.set(deal.index, id);
    store('Opportunity', id, deal, ownerId, { ...dealFields(deal), AccountId: accountId });
    for (const [position, personIndex] of deal.peopleIndexes.entries()) {
      const contactId = contactIds.get(personIndex);
      if (contactId === undefined) continue;
      store('OpportunityContactRole', org.mintId('00K'), deal, ownerId, {
        OpportunityId: id,
        ContactId: contactId,
        IsPrimary: position === 0,
      });
    }
  }
  return { accountIds, contactIds, opportunityIds };
};

interface Dated {
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

interface Template {
  readonly fieldsByName: ReadonlyMap<string, Field>;
  readonly defaults: Fields;
}

/** What the org would have kept of it: trimmed texts, and nothing in place of what it refuses. */
const toStored = (field: Field, value: FieldValue): FieldValue => {
  if (value === null || field.type === 'id' || field.type === 'datetime') return value;
  const coerced = coerceValue(field, value);
  return 'error' in coerced ? null : coerced.value;
};

/** Stores a row with its defaults, stamps and computed fields; fields the org has not are dropped. */
const createStore = (
  org: Org,
): ((objectName: string, id: string, dated: Dated, ownerId: string, fields: Fields) => void) => {
  const templates = new Map<string, Template>();
  const templateOf = (object: ObjectDefinition): Template => {
    const known = templates.get(object.name);
    if (known !== undefined) return known;
    const template = {
      fieldsByName: new Map(object.fields.map((field) => [field.name, field])),
      defaults: Object.fromEntries(
        object.fields
          .filter((field) => field.defaultValue !== null)
          .map((field) => [field.name, field.defaultValue]),
      ),
    };
    templates.set(object.name, template);
    return template;
  };

  return (objectName, id, { createdAt, modifiedAt }, ownerId, fields) => {
    const object = org.schema.find(objectName);
    if (object === undefined) throw new Error(`the schema has no ${objectName}`);
    const { fieldsByName, defaults } = templateOf(object);
    const modified = toStamp(modifiedAt);
    const row: Record<string, FieldValue> = {
      ...defaults,
      Id: id,
      OwnerId: ownerId,
      CreatedDate: toStamp(createdAt),
      CreatedById: ownerId,
      LastModifiedDate: modified,
      LastModifiedById: ownerId,
      SystemModstamp: modified,
      ...fields,
    };
    Object.assign(row, deriveFields(org, objectName, row, null, modifiedAt));
    const known: Record<string, FieldValue> = {};
    for (const [name, value] of Object.entries(row)) {
      const field = fieldsByName.get(name);
      if (field !== undefined) known[name] = toStored(field, value);
    }
    org.put(objectName, known);
  };
};

const accountFields = (company: WorldCompany): Fields => ({
  Name: company.name,
  Website: company.website,
  BillingCity: company.city,
  BillingCountry: company.countryName,
  Phone: company.phone,
  Industry: company.industry,
  NumberOfEmployees: company.employees,
  AnnualRevenue: company.annualRevenue,
  Type: company.type,
  CurrencyIsoCode: company.currency,
});

const contactFields = (person: WorldPerson): Fields => ({
  FirstName: person.firstName,
  LastName: person.lastName,
  Title: person.title,
  Email: person.email,
  HasOptedOutOfEmail: person.optedOut,
});

const dealFields = (deal: WorldDeal): Fields => ({
  Name: deal.name,
  Amount: deal.amount,
  CurrencyIsoCode: deal.currency,
  CloseDate: toDay(deal.closeOn),
  StageName: stageOf(deal),
});

const stageOf = (deal: WorldDeal): string => {
  if (deal.stage === 'won') return 'Closed Won';
  if (deal.stage === 'lost') return 'Closed Lost';
  return OPEN_STAGES[deal.index % OPEN_STAGES.length] ?? 'Prospecting';
};
