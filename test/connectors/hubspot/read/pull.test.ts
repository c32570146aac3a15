import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthError, UnavailableError } from '#errors/errors.ts';
import type { Crm } from '#ports/crm.ts';
import { type HubspotSandbox, startHubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import { rateLimitedFault } from '#sandbox/hubspot/vendor-faults.ts';
import {
  connectTo,
  createHastyClock,
  createKeptLog,
  type KeptLog,
  pullAll,
  QUICK_RETRY,
} from '../connected.ts';

const DEALS = { object: 'opportunity', crmObject: 'deals' } as const;
const CONTACTS = { object: 'contact', crmObject: 'contacts' } as const;
const TASKS = { object: 'task', crmObject: 'tasks' } as const;
const DAY_MS = 86_400_000;

describe('pulling from HubSpot', () => {
  let sandbox: HubspotSandbox;
  let crm: Crm;
  let log: KeptLog;
  /** How far the portal's stamps lie in the past. */
  let agoMs: number;

  beforeEach(async () => {
    agoMs = DAY_MS;
    sandbox = await startHubspotSandbox({
      searchLagMs: 0,
      now: () => Date.now() - agoMs,
      limits: { tenSecondly: 10_000, searchPerSecond: 10_000 },
    });
    log = createKeptLog();
    crm = connectTo(sandbox, {
      log,
      timings: { retry: QUICK_RETRY, search: { limit: 10_000, intervalMs: 1_000 } },
    });
  });
  afterEach(async () => {
    await crm.close();
    await sandbox.close();
  });

  const addCompanies = (count: number): readonly string[] =>
    Array.from(
      { length: count },
      (_, index) => sandbox.portal.insert('companies', { name: `C ${index}` }).id,
    );

  const pathsCalled = (): readonly string[] =>
    sandbox.calls.entries
      .filter(({ kind }) => kind === 'read')
      .map(({ method, path }) => `${method} ${path.replace('/crm/objects/2026-03/', '')}`);

  const logged = (): string => JSON.stringify(log.lines);

  const addDeal = (name: string, companies: readonly string[], primary?: string): string => {
    const deal = { type: 'deals', id: sandbox.portal.insert('deals', { dealname: name }).id };
    for (const id of companies) sandbox.portal.associate(deal, { type: 'companies', id });
    if (primary !== undefined) sandbox.portal.associate(deal, { type: 'companies', id: primary }, 'Primary');
    return deal.id;
  };

  const addProperties = async (count: number): Promise<readonly string[]> => {
    const names = Array.from({ length: count }, (_, index) => `a_property_with_a_rather_long_name_${index}`);
    await crm.install({
      fields: names.map((name) => ({
        object: 'account',
        crmObject: 'companies',
        name,
        label: name,
        description: '',
        type: { kind: 'text', length: 10 },
        editableByUsers: false,
      })),
      users: [],
      profile: null,
      layouts: [],
      dryRun: false,
    });
    return names;
  };

  describe('in full', () => {
    it('asks the list once, and once what was archived, when there is one page', async () => {
      addCompanies(100);
      const { end } = await pullAll(crm);
      expect(end.counted).toBe(100);
      expect(pathsCalled()).toEqual(['GET companies', 'GET companies']);
    });

    it('reads an empty portal', async () => {
      expect((await pullAll(crm)).records).toEqual([]);
    });

    it('gives values of their types, stamps in ISO, and null for what is empty', async () => {
      agoMs = Date.now() - Date.parse('2026-11-20T10:00:00.000Z');
      sandbox.portal.insert('companies', { name: 'Acme', numberofemployees: 120, country: '' });
      const { records } = await pullAll(crm, {
        fields: ['name', 'numberofemployees', 'country', 'createdate'],
      });
      expect(records).toMatchObject([
        {
          fields: { name: 'Acme', numberofemployees: 120, country: null },
          modifiedAt: expect.stringMatching(/^2026-11-20T10:00:00\.\d{3}Z$/),
        },
      ]);
      expect(records[0]?.fields['createdate']).toMatch(/^2026-11-20T10:00:00\.\d{3}Z$/);
    });

    it('reads on by list alone, and says so, when search is refused throughout', async () => {
      const ids = addCompanies(950);
      sandbox.faults.inject({
        path: '/search',
        times: Number.POSITIVE_INFINITY,
        fault: { kind: 'status', status: 400, body: { status: 'error', category: 'VALIDATION_ERROR' } },
      });
      const { records, end } = await pullAll(crm);
      expect(new Set(records.map(({ id }) => id))).toEqual(new Set(ids));
      expect(end.counted).toBe(950);
      expect(pathsCalled().filter((path) => path.startsWith('GET'))).toHaveLength(11);
      expect(logged()).toContain('search failed');
    });

    it('stops where dead credentials meet the search, not only the list', async () => {
      addCompanies(950);
      sandbox.faults.inject({ path: '/search', fault: { kind: 'status', status: 401, body: {} } });
      await expect(pullAll(crm)).rejects.toThrow(AuthError);
    });

    it('shows archived records as deleted, with the moment of their end', async () => {
      const [first = '', second = ''] = addCompanies(3);
      sandbox.portal.archive('companies', second);
      const { records } = await pullAll(crm);
      expect(records.filter(({ deleted }) => deleted)).toMatchObject([{ id: second, mergedInto: null }]);
      expect(records.find(({ id }) => id === first)?.deleted).toBe(false);
    });

    it('does not ask for archived tasks', async () => {
      await pullAll(crm, { ...TASKS, fields: ['hs_task_subject'] });
      expect(pathsCalled()).toEqual(['GET tasks']);
    });

    it('lists what a merged record swallowed', async () => {
      const [primary = '', other = ''] = addCompanies(2);
      const survivor = sandbox.portal.merge('companies', primary, other);
      const { records } = await pullAll(crm);
      expect(records.filter(({ deleted }) => !deleted)).toMatchObject([
        { id: survivor.id, mergedIds: [primary, other], mergedInto: null },
      ]);
    });

    it('reads only records that have a field, by search alone, in as many pages as it takes', async () => {
      for (let index = 0; index < 450; index += 1)
        sandbox.portal.insert('tasks', {
          hs_timestamp: '2026-12-01T00:00:00Z',
          hs_task_subject: `T ${index}`,
          ...(index % 2 === 0 ? { hs_task_body: 'ours' } : {}),
        });
      const { records, end } = await pullAll(crm, {
        ...TASKS,
        fields: ['hs_task_subject'],
        havingField: 'hs_task_body',
      });
      expect(new Set(records.map(({ id }) => id)).size).toBe(225);
      expect(end.counted).toBe(225);
      expect(pathsCalled()).toEqual(['POST tasks/search', 'POST tasks/search']);
    });
  });

  describe('with associations', () => {
    it('puts the primary company of a deal first, without a call of its own', async () => {
      const [first = '', second = ''] = addCompanies(2);
      addDeal('both', [first, second], second);
      addDeal('none', []);
      const { records } = await pullAll(crm, {
        ...DEALS,
        fields: ['dealname', 'associations.companies', 'associations.contacts'],
      });
      const byName = new Map(records.map(({ fields }) => [fields['dealname'], fields]));
      expect(byName.get('both')).toEqual({
        dealname: 'both',
        'associations.companies': `${second};${first}`,
        'associations.contacts': null,
      });
      expect(byName.get('none')?.['associations.companies']).toBeNull();
      expect(pathsCalled()).toEqual(['GET deals', 'GET deals']);
    });

    it('finds them in one call a page when the records come from a search', async () => {
      const [first = '', second = ''] = addCompanies(2);
      const { end } = await pullAll(crm, { ...DEALS, fields: ['associations.companies'] });
      agoMs = 0;
      addDeal('new', [first, second], second);
      addDeal('alone', []);
      sandbox.calls.reset();
      const { records } = await pullAll(crm, {
        ...DEALS,
        fields: ['dealname', 'associations.companies'],
        cursor: end.cursor,
      });
      expect(records.map(({ fields }) => fields['associations.companies'])).toEqual([
        `${second};${first}`,
        null,
      ]);
      expect(pathsCalled()).toEqual([
        'POST deals/search',
        'POST /crm/associations/2026-03/deals/companies/batch/read',
      ]);
    });

    it('reads all 700 contacts of a deal, beyond the first page of them', async () => {
      const deal = { type: 'deals', id: addDeal('crowded', []) };
      const contactIds = Array.from({ length: 700 }, () => sandbox.portal.insert('contacts', {}).id);
      for (const id of contactIds) sandbox.portal.associate(deal, { type: 'contacts', id });
      const fields = ['associations.contacts'];
      const full = await pullAll(crm, { ...DEALS, fields });
      const byId = await pullAll(crm, { ...DEALS, fields, ids: [deal.id] });
      for (const { records } of [full, byId]) {
        const ids = String(records[0]?.fields['associations.contacts']).split(';');
        expect(new Set(ids)).toEqual(new Set(contactIds));
      }
    });

    it('asks for none when the mapping does not', async () => {
      const [company = ''] = addCompanies(1);
      addDeal('deal', [company]);
      await pullAll(crm, { ...DEALS, fields: ['dealname'] });
      expect(sandbox.calls.entries.some(({ query }) => 'associations' in query)).toBe(false);
    });

    it('gives the primary company of a contact as an id, never as a number', async () => {
      const [companyId = ''] = addCompanies(1);
      const contact = { type: 'contacts', id: sandbox.portal.insert('contacts', {}).id };
      sandbox.portal.associate(contact, { type: 'companies', id: companyId }, 'Primary');
      const { records } = await pullAll(crm, { ...CONTACTS, fields: ['associatedcompanyid'] });
      expect(records[0]?.fields['associatedcompanyid']).toBe(companyId);
    });
  });

  describe('of single records', () => {
    it('shows a merged-away id as merged into the survivor, which comes too', async () => {
      const [primary = '', other = '', bystander = ''] = addCompanies(3);
      const survivor = sandbox.portal.merge('companies', primary, other);
      const { records } = await pullAll(crm, { ids: [other, bystander], fields: ['name'] });
      expect(records.map(({ id, deleted, mergedInto }) => ({ id, deleted, mergedInto }))).toEqual(
        expect.arrayContaining([
          { id: other, deleted: true, mergedInto: survivor.id },
          { id: survivor.id, deleted: false, mergedInto: null },
          { id: bystander, deleted: false, mergedInto: null },
        ]),
      );
      expect(records).toHaveLength(3);
    });

    it('shows archived and unknown ids as deleted', async () => {
      const [archived = '', live = ''] = addCompanies(2);
      sandbox.portal.archive('companies', archived);
      const { records } = await pullAll(crm, { ids: [archived, live, '4711'] });
      const deleted = records.filter((record) => record.deleted).map(({ id }) => id);
      expect(deleted.toSorted()).toEqual([archived, '4711'].toSorted());
    });

    it('reads 250 records in three calls', async () => {
      const ids = addCompanies(250);
      await pullAll(crm, { ids });
      expect(pathsCalled()).toEqual(Array.from({ length: 3 }, () => 'POST companies/batch/read'));
    });
  });

  describe('of what changed', () => {
    it('filters contacts by their own stamp, which has another name', async () => {
      sandbox.portal.insert('contacts', { firstname: 'Old' });
      const { end } = await pullAll(crm, { ...CONTACTS, fields: ['firstname'] });
      agoMs = 0;
      sandbox.portal.insert('contacts', { firstname: 'New' });
      const { records } = await pullAll(crm, { ...CONTACTS, fields: ['firstname'], cursor: end.cursor });
      expect(records.map(({ fields }) => fields['firstname'])).toEqual(['New']);
    });

    it('reads more than 10,000 rows of one stamp to the last', async () => {
      const { end } = await pullAll(crm);
      const at = Date.now();
      agoMs = 0;
      const frozen = await startHubspotSandbox({
        searchLagMs: 0,
        now: () => at,
        limits: { searchPerSecond: 10_000 },
      });
      for (let index = 0; index < 10_400; index += 1) frozen.portal.insert('companies', {});
      const other = connectTo(frozen, { timings: { search: { limit: 10_000, intervalMs: 1_000 } } });
      const { records } = await pullAll(other, { cursor: end.cursor });
      expect(new Set(records.map(({ id }) => id)).size).toBe(10_400);
      expect(other.usage().read).toBe(52);
      await other.close();
      await frozen.close();
    });

    it('skips the stretch of our own writes and reads it when it is owed', async () => {
      addCompanies(1);
      const { end } = await pullAll(crm);
      agoMs = 0;
      const ours = sandbox.portal.insert('companies', { name: 'ours' });
      const window = { from: ours.updatedAt.toISOString(), to: ours.updatedAt.toISOString(), rows: 1 };
      await new Promise((resolve) => setTimeout(resolve, 5));
      const theirs = sandbox.portal.insert('companies', { name: 'theirs' });
      const skipping = await pullAll(crm, { cursor: end.cursor, skip: [window] });
      expect(skipping.records.map(({ id }) => id)).toEqual([theirs.id]);
      const owed = await pullAll(crm, { cursor: theirs.updatedAt.toISOString(), reread: [window] });
      expect(owed.records.map(({ id }) => id)).toEqual([ours.id, theirs.id]);
    });

    it('costs one call when nothing changed, with stretches to skip too', async () => {
      addCompanies(300);
      const { end } = await pullAll(crm);
      const skip = Array.from({ length: 9 }, (_, index) => ({
        from: new Date(Date.now() + index * 1000).toISOString(),
        to: new Date(Date.now() + index * 1000 + 500).toISOString(),
        rows: 100,
      }));
      const before = crm.usage().read;
      expect((await pullAll(crm, { cursor: end.cursor, skip })).records).toEqual([]);
      expect(crm.usage().read - before).toBe(1);
    });

    it('looks back over the lag of the index, by the portal’s clock and not by ours', async () => {
      const clock = { now: () => new Date(Date.now() + 3_600_000), sleep: async () => undefined };
      const ahead = connectTo(sandbox, { clock });
      addCompanies(1);
      const { end } = await pullAll(ahead);
      const backMs = Date.now() - Date.parse(end.cursor);
      expect(backMs).toBeGreaterThan(59_000);
      expect(backMs).toBeLessThan(65_000);
      await ahead.close();
    });

    it('never moves the cursor back', async () => {
      const later = new Date(Date.now() + DAY_MS).toISOString();
      const { end } = await pullAll(crm, { cursor: later });
      expect(end.cursor).toBe(later);
    });

    it('refuses a cursor that is none of its own', async () => {
      await expect(pullAll(crm, { cursor: 'salesforce:0' })).rejects.toThrow(/cursor/);
    });

    it('does not go on from an id when search answers out of order', async () => {
      sandbox.faults.inject({
        path: '/search',
        fault: {
          kind: 'status',
          status: 200,
          body: {
            total: 2,
            results: [
              { id: '2', properties: {} },
              { id: '1', properties: {} },
            ],
          },
        },
      });
      const cursor = new Date().toISOString();
      await expect(pullAll(crm, { cursor })).rejects.toThrow(UnavailableError);
    });

    it('waits and goes on when the searches of the whole portal are used up for the second', async () => {
      const quick = connectTo(sandbox, {
        clock: createHastyClock(),
        log,
      });
      sandbox.faults.inject({ path: '/search', fault: rateLimitedFault('SECONDLY') });
      const cursor = new Date().toISOString();
      await expect(pullAll(quick, { cursor })).resolves.toMatchObject({ records: [] });
      expect(logged()).toContain('SECONDLY');
      await quick.close();
    });
  });

  describe('with more properties than a call takes', () => {
    it('leaves no property out of a list: what does not fit the address is read by batch', async () => {
      const fields = await addProperties(300);
      const last = fields.at(-1) ?? '';
      for (let index = 0; index < 150; index += 1)
        sandbox.portal.insert('companies', { [last]: `v${index}` });
      const { records } = await pullAll(crm, { fields });
      expect(new Set(records.map((record) => record.fields[last])).size).toBe(150);
      expect(sandbox.calls.entries.every(({ status }) => status < 400)).toBe(true);
    });

    it('leaves none out of a search either, whose body may have 3,000 characters', async () => {
      const fields = await addProperties(120);
      const last = fields.at(-1) ?? '';
      const { end } = await pullAll(crm, { fields });
      agoMs = 0;
      for (let index = 0; index < 250; index += 1)
        sandbox.portal.insert('companies', { [last]: `v${index}` });
      const { records } = await pullAll(crm, { fields, cursor: end.cursor });
      expect(new Set(records.map((record) => record.fields[last])).size).toBe(250);
      expect(sandbox.calls.entries.every(({ status }) => status < 400)).toBe(true);
    });
  });
});
