import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorld } from '#sandbox/world/create-world.ts';
import { CRM_KINDS, type CrmKind, type World } from '#sandbox/world/world.ts';

const asOf = new Date('2026-11-20T00:00:00Z');
const world = createWorld({ accounts: 1000, asOf });

const inCrm = <T extends { readonly crms: readonly CrmKind[] }>(records: readonly T[], crm: CrmKind): T[] =>
  records.filter((record) => record.crms.includes(crm));

const share = <T>(records: readonly T[], holds: (record: T) => boolean): number =>
  records.filter(holds).length / records.length;

const groupBy = <T>(records: readonly T[], keyOf: (record: T) => string | null): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const record of records) {
    const key = keyOf(record);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return groups;
};

const namesOfSeed = (seed: number): readonly string[] =>
  createWorld({ accounts: 60, seed, asOf }).companies.map((company) => company.name);

describe('createWorld', () => {
  it('gives the same world for the same options', () => {
    expect(createWorld({ accounts: 60, seed: 7, asOf })).toEqual(
      createWorld({ accounts: 60, seed: 7, asOf }),
    );
  });

  it('gives another world for another seed', () => {
    expect(namesOfSeed(1)).not.toEqual(namesOfSeed(2));
  });

  it('fills every CRM with exactly the accounts and people asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 0, max: 5 }),
        fc.nat(),
        (accounts, factor, seed) => {
          const small = createWorld({ accounts, seed, asOf, peopleFactor: factor });
          for (const crm of CRM_KINDS) {
            expect(inCrm(small.companies, crm)).toHaveLength(accounts);
            expect(inCrm(small.people, crm)).toHaveLength(accounts * factor);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('makes 10,000 accounts with 30,000 people a CRM in a few seconds at most', () => {
    const startedAtMs = performance.now();
    const large = createWorld({ accounts: 10_000, asOf });
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
    expect(inCrm(large.people, 'salesforce')).toHaveLength(30_000);
  });

  it('refers only to records that the same CRM holds', () => {
    expect(brokenReferences(world)).toEqual([]);
  });

  it('has indexes that are positions', () => {
    for (const list of [world.users, world.companies, world.people, world.deals]) {
      expect(list.every((record, position) => record.index === position)).toBe(true);
    }
  });

  it('lets nothing be created after it was modified, or modified after the present', () => {
    for (const record of [...world.companies, ...world.people, ...world.deals]) {
      expect(record.createdAt.getTime()).toBeLessThanOrEqual(record.modifiedAt.getTime());
      expect(record.modifiedAt.getTime()).toBeLessThan(asOf.getTime());
    }
  });

  it('creates companies in the order of their indexes', () => {
    const created = world.companies.map((company) => company.createdAt.getTime());
    expect(created).toEqual(created.toSorted((a, b) => a - b));
  });

  it('stamps many records with one instant, as imports do', () => {
    const instants = groupBy(world.companies, (company) => company.modifiedAt.toISOString());
    const largest = Math.max(...[...instants.values()].map((companies) => companies.length));
    expect(largest).toBeGreaterThan(world.companies.length / 10);
  });

  it('never gives two HubSpot contacts one e-mail address', () => {
    const emails = inCrm(world.people, 'hubspot').flatMap((person) => person.email?.toLowerCase() ?? []);
    expect(new Set(emails).size).toBe(emails.length);
  });

  it('holds a few Salesforce contacts twice', () => {
    const emails = inCrm(world.people, 'salesforce').flatMap((person) => person.email?.toLowerCase() ?? []);
    expect(emails.length - new Set(emails).size).toBeGreaterThan(5);
  });

  it('puts business e-mails under the domain of the account', () => {
    const mails = world.people.flatMap((person) => {
      const domain = person.companyIndex === null ? null : world.companies[person.companyIndex]?.domain;
      return domain && person.email ? [{ email: person.email.toLowerCase(), domain }] : [];
    });
    expect(share(mails, ({ email, domain }) => email.endsWith(`@${domain}`))).toBeGreaterThan(0.85);
  });

  it('leaves the CRMs about as empty as real ones', () => {
    expect(share(world.companies, (company) => company.website === null)).toBeGreaterThan(0.1);
    expect(share(world.companies, (company) => company.employees === null)).toBeGreaterThan(0.3);
    expect(share(world.companies, (company) => company.annualRevenue === null)).toBeGreaterThan(0.4);
    expect(share(world.people, (person) => person.title === null)).toBeGreaterThan(0.08);
    expect(share(world.people, (person) => person.email === null)).toBeGreaterThan(0.08);
    expect(share(world.companies, (company) => company.ownerIndex === null)).toBeGreaterThan(0.04);
  });

  it('spells one company differently in the two CRMs', () => {
    const twins = [...groupBy(world.companies, (company) => company.domain).values()].filter(
      (companies) => new Set(companies.map((company) => company.name)).size > 1,
    );
    expect(twins.length).toBeGreaterThan(50);
  });

  it('holds duplicates of a company inside one CRM', () => {
    const duplicates = [
      ...groupBy(inCrm(world.companies, 'salesforce'), (company) => company.domain).values(),
    ].filter((companies) => companies.length > 1);
    expect(duplicates.length).toBeGreaterThan(5);
  });

  it('writes names in the scripts of their countries, legal forms at either end', () => {
    const names = world.companies.map((company) => company.name);
    const forms = [
      /^株式会社/u,
      /株式会社$/u,
      /㈱|\(株\)/u,
      /주식회사/u,
      /\(주\)/u,
      /股份有限公司$/u,
      /GmbH & Co\. KG/u,
      /B\.V\./u,
    ];
    expect(forms.filter((form) => !names.some((name) => form.test(name)))).toEqual([]);
  });

  it('types countries in many spellings', () => {
    const typed = world.companies.map((company) => company.countryName);
    expect(typed).toEqual(
      expect.arrayContaining(['United States', 'USA', '日本', '대한민국', 'Deutschland', 'England', '']),
    );
  });

  it('has social pages in place of websites, and no domain for them', () => {
    const social = world.companies.filter((company) => company.website?.includes('linkedin.com/'));
    expect(social.length).toBeGreaterThan(3);
    expect(social.every((company) => company.domain === null)).toBe(true);
  });

  it('has customers of two cycles, open deals with amounts and forgotten ones', () => {
    const won = groupBy(world.deals, (deal) => (deal.stage === 'won' ? String(deal.companyIndex) : null));
    expect([...won.values()].filter((deals) => deals.length >= 2).length).toBeGreaterThan(20);
    const open = world.deals.filter((deal) => deal.stage === 'open');
    expect(open.filter((deal) => deal.amount !== null).length).toBeGreaterThan(50);
    expect(open.some((deal) => asOf.getTime() - deal.closeOn.getTime() > 91 * 86_400_000)).toBe(true);
  });

  it('has competitors, subsidiaries, opted-out people and owners who left', () => {
    expect(world.companies.some((company) => company.type === 'Competitor')).toBe(true);
    expect(world.companies.some((company) => company.parentIndex !== null)).toBe(true);
    expect(world.people.some((person) => person.optedOut)).toBe(true);
    expect(world.companies.some((company) => world.users[company.ownerIndex ?? -1]?.active === false)).toBe(
      true,
    );
  });
});

type InCrms = { readonly crms: readonly CrmKind[] };

const isHeld = (index: number | null, list: readonly InCrms[], crms: readonly CrmKind[]): boolean =>
  index === null || crms.every((crm) => list[index]?.crms.includes(crm));

const brokenReferences = ({ users, companies, people, deals }: World): readonly unknown[] => [
  ...companies.filter(({ ownerIndex }) => ownerIndex !== null && users[ownerIndex] === undefined),
  ...companies.filter(({ parentIndex, crms }) => !isHeld(parentIndex, companies, crms)),
  ...people.filter(({ companyIndex, crms }) => !isHeld(companyIndex, companies, crms)),
  ...deals.filter(({ companyIndex, crms }) => !isHeld(companyIndex, companies, crms)),
  ...deals.filter(({ peopleIndexes, crms }) => !peopleIndexes.every((index) => isHeld(index, people, crms))),
];
