// Company keys under people's hands: merges in both CRMs, keys entered by hand, judgements, and moves that wait for approval.
// One workspace for the whole file: each part leaves companies of its own behind.
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeRecords } from '#pipeline/keys/judge-records.ts';
import { judgeMerge } from '#pipeline/keys/merge-companies.ts';
import { judgeAnswer, reviewQuestions } from '#pipeline/keys/review-questions.ts';
import { showCompany } from '#pipeline/keys/show-company.ts';
import { judgeSplit } from '#pipeline/keys/split-company.ts';
import type { KeyChangeKind, NewJudgement } from '#ports/judgements.ts';
import type { Store } from '#ports/store.ts';
import { castMarket } from './cast.ts';
import type { ConnectionId } from './crm-view.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';

const NAMES =
  `Abalone Bergamot Cobaltine Dovetail Elderwick Foxglove Gypsum Hazelmere Inkwell Juniper Kingfisher Lavender`
    .trim()
    .split(/\s+/u);
const HUBSPOT_NAMES = ['Marzipan', 'Nutmeg', 'Obsidian', 'Pomelo'];

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow(
    castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_1', company: { crms: ['salesforce'] } },
      ...NAMES.slice(1).map((name) => ({
        name,
        plays: 'tier_3' as const,
        company: { crms: ['salesforce' as const] },
      })),
      ...HUBSPOT_NAMES.map((name) => ({
        name,
        plays: 'tier_3' as const,
        company: { crms: ['hubspot' as const] },
      })),
    ]),
  );
  await flow.sync();
}, 60_000);

function accountOf(connection: ConnectionId, name: string) {
  const found = flow
    .crm(connection)
    .accounts()
    .find((account) => account.name === name);
  if (found === undefined) throw new Error(`${connection} has no account ${name}`);
  return found;
}

const keyOf = (name: string) => accountOf('sf', name).key ?? '';
const idOf = (name: string) => accountOf('sf', name).id;

function enterKey(name: string, key: string): void {
  const at = new Date(Date.now() + 60_000);
  flow.salesforce.org.editAsHuman('Account', idOf(name), { Tierline_Company_Key__c: key }, { at });
}

const resolve = (key: string) => flow.withSession(({ store }) => store.keys.resolve(key));
const changes = (kind: KeyChangeKind) =>
  flow.withSession(({ store }) => store.keyHistory.changes({ kinds: [kind], limit: 100 }));
const spoken = { by: 'Ada', reason: 'they told me so' };

const merge = (store: Store) => judgeMerge(store, 'Foxglove', 'gypsum.com', spoken);

function judge(make: (store: Store) => Promise<readonly NewJudgement[]>, dryRun = false) {
  return flow.withSession(async (session) => judgeRecords(session, await make(session.store), { dryRun }));
}

describe('a merge in the CRM', () => {
  it('keeps the older key, its tier and its contacts, though the account that had it is gone', async () => {
    const [older, newer] = [keyOf('Abalone'), keyOf('Bergamot')];
    flow.salesforce.org.merge(idOf('Bergamot'), [idOf('Abalone')]);
    await flow.sync();
    const survivor = accountOf('sf', 'Bergamot');
    expect(survivor).toMatchObject({ key: older, tier: 'tier_1' });
    expect(await resolve(older)).toBe(older);
    expect(await resolve(newer)).toBe(older);
    const contacts = flow.sf.contacts().filter(({ accountId }) => accountId === survivor.id);
    expect(contacts).toHaveLength(4);
    expect(new Set(contacts.map(({ key }) => key))).toEqual(new Set([survivor.key]));
    expect(await changes('merge')).toMatchObject([{ otherKey: survivor.key, reason: 'merged in the CRM' }]);
  });

  it('of two HubSpot companies carries both keys to the new one', async () => {
    const [one, other] = [accountOf('hs', 'Marzipan'), accountOf('hs', 'Nutmeg')];
    const { id } = flow.hubspot.portal.merge('companies', one.id, other.id);
    await flow.sync();
    const survivor = flow.hs.accounts().find((account) => account.id === id);
    expect([one.key, other.key]).toContain(survivor?.key);
    expect(await resolve(one.key ?? '')).toBe(survivor?.key);
    expect(await resolve(other.key ?? '')).toBe(survivor?.key);
  });
});

describe('a key that somebody enters in the CRM', () => {
  it('is their word: the record joins the company that has the key, in our store and in the CRM', async () => {
    const [one, other] = [keyOf('Cobaltine'), keyOf('Dovetail')];
    enterKey('Cobaltine', other);
    const run = await flow.sync();
    expect(run.exitCode).toBe(0);
    expect(keyOf('Cobaltine')).toBe(keyOf('Dovetail'));
    expect(await resolve(one)).toBe(await resolve(other));
    const judgements = await flow.withSession(({ store }) => store.judgements.list());
    expect(judgements[0]).toMatchObject({ verdict: 'same', origin: 'crm', by: 'sf' });
  });

  it('is their word in HubSpot too', async () => {
    const pomelo = accountOf('hs', 'Pomelo').key ?? '';
    const { id } = accountOf('hs', 'Obsidian');
    flow.hubspot.portal.editAsHuman('companies', id, { tierline_company_key: pomelo });
    await flow.sync();
    expect(await resolve(pomelo)).toBe(accountOf('hs', 'Obsidian').key);
    expect(accountOf('hs', 'Obsidian').key).toBe(accountOf('hs', 'Pomelo').key);
  });

  it('is told of and left alone when it is none of ours', async () => {
    enterKey('Elderwick', 'ask Bob');
    const run = await flow.sync();
    expect(keyOf('Elderwick')).toBe('ask Bob');
    expect(run.exitCode).toBe(0);
    expect(run.report.failures).toMatchObject([
      { connection: 'sf', id: idOf('Elderwick'), field: 'companyKey', code: 'company_key_unknown' },
    ]);
    // It is listed again, run after run, until somebody mends it.
    expect((await flow.sync()).report.failures).toMatchObject([{ code: 'company_key_unknown' }]);
    enterKey('Elderwick', '');
    expect((await flow.sync()).report.failures).toEqual([]);
  });
});

describe('people’s judgements', () => {
  it('merge two companies at once, after a dry run that changed nothing, and outlive every run', async () => {
    const [one, other] = [keyOf('Foxglove'), keyOf('Gypsum')];
    const preview = await judge(merge, true);
    expect(preview).toMatchObject({ effect: 'dry_run', movedAccounts: 1, changes: [{ kind: 'merge' }] });
    expect(await resolve(one)).toBe(one);

    const outcome = await judge(merge);
    expect(outcome).toMatchObject({
      effect: 'now',
      movedAccounts: 1,
      changes: [{ kind: 'merge', reason: 'judgement' }],
    });
    await flow.sync({ full: true });
    expect(keyOf('Foxglove')).toBe(keyOf('Gypsum'));
    expect([one, other]).toContain(keyOf('Gypsum'));
    const shown = await flow.withSession(({ store }) => showCompany(store, keyOf('Gypsum')));
    expect(shown.accounts.map(({ evidence }) => evidence)).toEqual([['judgement'], ['judgement']]);
    expect(shown.judgements).toMatchObject([{ by: 'Ada', reason: 'they told me so', verdict: 'same' }]);
  });

  it('split them again: one part keeps the key, the other gets a new one with its history', async () => {
    const shared = keyOf('Gypsum');
    const outcome = await judge((store) => judgeSplit(store, shared, [idOf('Gypsum')], spoken));
    expect(outcome).toMatchObject({
      effect: 'now',
      changes: [{ kind: 'split', from: shared, reason: 'judgement' }],
    });
    await flow.sync({ full: true });
    expect(keyOf('Foxglove')).not.toBe(keyOf('Gypsum'));
    expect([keyOf('Foxglove'), keyOf('Gypsum')]).toContain(shared);
    const moved = keyOf('Gypsum') === shared ? 'Foxglove' : 'Gypsum';
    const spans = await flow.withSession(({ store }) =>
      store.keyHistory.spans({ connection: 'sf', object: 'account', id: idOf(moved) }),
    );
    expect(spans.at(-1)).toMatchObject({ key: keyOf(moved), toRun: null });
    expect(spans.at(-2)).toMatchObject({ key: shared, toRun: spans.at(-1)?.fromRun });
  });

  it('move a contact to another company and keep it there', async () => {
    const [contact] = flow.sf.contacts().filter(({ accountId }) => accountId === idOf('Hazelmere'));
    if (contact === undefined) throw new Error('nobody works there');
    const at = new Date(Date.now() + 60_000);
    const { org } = flow.salesforce;
    org.editAsHuman('Contact', contact.id, { Tierline_Company_Key__c: keyOf('Inkwell') }, { at });
    await flow.sync();
    await flow.sync({ full: true });
    const moved = flow.sf.contacts().find(({ id }) => id === contact.id);
    expect(moved?.key).toBe(keyOf('Inkwell'));
    expect(keyOf('Hazelmere')).not.toBe(keyOf('Inkwell'));
    expect(await changes('move')).toMatchObject([
      { key: keyOf('Inkwell'), otherKey: keyOf('Hazelmere'), record: { object: 'contact', id: contact.id } },
    ]);
  });
});

describe('what the matcher could not decide', () => {
  it('is asked about with what hangs on it, and not again once it was answered', async () => {
    const at = new Date(Date.now() + 60_000);
    const { org } = flow.salesforce;
    // One domain, two legal names.
    org.editAsHuman(
      'Account',
      idOf('Juniper'),
      { Name: 'Juniper Holding GmbH', Website: 'juniper.com' },
      { at },
    );
    org.editAsHuman(
      'Account',
      idOf('Lavender'),
      { Name: 'Sprig Foods GmbH', Website: 'juniper.com' },
      { at },
    );
    await flow.sync();
    const asked = await flow.withSession((session) => reviewQuestions(session, 10));
    expect(asked.open).toBe(1);
    const [first] = asked.questions;
    expect(first?.question).toMatchObject({ reason: 'unlike_names', contacts: 4 });
    const pair = first?.question.pair ?? '';
    const answered = await flow.withSession(async (session) =>
      judgeRecords(session, [await judgeAnswer(session, pair, 'parent-of', spoken)], { dryRun: false }),
    );
    expect(answered.effect).toBe('now');
    await flow.sync({ full: true });
    const after = await flow.withSession((session) => reviewQuestions(session, 10));
    expect(after).toMatchObject({
      open: 0,
      questions: [],
      answers: [{ asked: 'unlike_names', same: 0, different: 1, unsure: 0 }],
    });
    // A parent and its child: two companies of one family.
    const shown = await flow.withSession(({ store }) => showCompany(store, keyOf('Sprig Foods GmbH')));
    expect(shown.relatives).toEqual([keyOf('Juniper Holding GmbH')]);
  });
});

describe('an assignment that would move too many records', () => {
  it('waits: keys stay, the run is held, and what was shown is what approval applies', async () => {
    const keys = () => new Map(flow.sf.accounts().map(({ id, key }) => [id, key]));
    const before = keys();
    // Somebody gives every account one domain and one name.
    for (const { id } of flow.sf.accounts()) {
      const at = new Date(Date.now() + 120_000);
      const same = { Name: 'Sameness', Website: 'sameness.com' };
      flow.salesforce.org.editAsHuman('Account', id, same, { at });
    }
    flow.salesforce.org.insert('Account', { Name: 'Newcomer', Website: 'newcomer.com' });
    const held = await flow.sync();
    expect(held.exitCode).toBe(6);
    // Also the newcomer, whose key waits too, is counted.
    const counted = Object.values(held.of('sf').tiers).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(flow.sf.accounts().length);
    expect(held.report.held).toMatchObject({ reason: 'company keys moving', limit: 0.1 });
    expect(held.of('sf')).toMatchObject({ written: 0 });
    expect(new Map([...keys()].filter(([id]) => before.has(id)))).toEqual(before);
    // Looking at it changes nothing about what may be approved; a change of the records does.
    expect((await flow.plan()).exitCode).toBe(6);
    expect(await flow.withSession(({ store }) => store.keys.proposal(held.report.run))).toBe('waiting');
    const [other] = flow.sf.accounts();
    const at = new Date(Date.now() + 180_000);
    flow.salesforce.org.editAsHuman('Account', other?.id ?? '', { Name: 'Sameness Inc' }, { at });
    const again = await flow.sync();
    expect(again.exitCode).toBe(6);
    await expect(flow.sync({ approve: held.report.run })).rejects.toThrow(/out of date/u);
    const proposal = await flow.withSession(({ store }) => store.keys.readProposal(again.report.run, 1000));
    const share = (proposal?.moved ?? 0) / (proposal?.keyed ?? 1);
    expect(again.report.held?.share).toBe(share);
    expect(proposal?.records).toHaveLength(proposal?.moved ?? -1);

    const approved = await flow.sync({ approve: again.report.run });
    const shown = new Map(proposal?.records.map(({ record, to }) => [record.id, to]));
    const applied = flow.sf.accounts().filter(({ id }) => shown.has(id));
    expect(applied.map(({ key }) => key)).toEqual(applied.map(({ id }) => shown.get(id)));
    expect(applied.length).toBeGreaterThan(5);
    const run = approved.exitCode === 6 ? await flow.sync({ approve: approved.report.run }) : approved;
    expect(run.exitCode).toBe(0);
    expect(new Set(keys().values()).size).toBeLessThan(new Set(before.values()).size / 2);
    const known = [...before.values()].filter((key) => key !== null);
    const living = await Promise.all(known.map(resolve));
    expect(living).not.toContain(null);
    await expect(flow.sync({ approve: again.report.run })).rejects.toThrow(/approved already/u);
  });
});
