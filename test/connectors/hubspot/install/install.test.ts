import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Crm, FieldToInstall, InstallReport, InstallRequest } from '#ports/crm.ts';
import { type HubspotSandbox, startHubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import { connectTo } from '../connected.ts';

const field = (crmObject: string, name: string, type: FieldToInstall['type']): FieldToInstall => ({
  object: crmObject === 'companies' ? 'account' : crmObject === 'contacts' ? 'contact' : 'task',
  crmObject,
  name,
  label: `Label of ${name}`,
  description: 'Made by Tierline',
  type,
  editableByUsers: false,
});

const option = (value: string): { value: string; label: string } => ({ value, label: value.toUpperCase() });
const TIERS = ['tier_1', 'tier_2'].map(option);

const FIELDS: readonly FieldToInstall[] = [
  field('companies', 'tierline_tier', { kind: 'choice', options: TIERS }),
  field('companies', 'tierline_programs_requested', { kind: 'multi_choice', options: [option('webinar')] }),
  field('companies', 'tierline_fit', { kind: 'number', precision: 4, scale: 1 }),
  field('companies', 'tierline_since', { kind: 'date' }),
  field('companies', 'tierline_status', { kind: 'long_text', length: 5_000 }),
  field('companies', 'tierline_budget', { kind: 'money' }),
  field('companies', 'tierline_flag', { kind: 'checkbox' }),
  field('contacts', 'tierline_tier', { kind: 'choice', options: TIERS }),
  field('tasks', 'tierline_task_key', { kind: 'text', length: 120, externalId: true, unique: true }),
];

/** The tier with just these options. */
const withOptions = (...values: readonly string[]): readonly FieldToInstall[] => [
  field('companies', 'tierline_tier', { kind: 'choice', options: values.map(option) }),
];

const results = ({ steps }: InstallReport): readonly string[] => [
  ...new Set(steps.map((step) => step.result)),
];

const resultOf = ({ steps }: InstallReport, name: string): string | undefined =>
  steps.find((step) => step.name === name)?.result;

describe('setting HubSpot up', () => {
  let sandbox: HubspotSandbox;
  let crm: Crm;

  beforeEach(async () => {
    sandbox = await startHubspotSandbox({ searchLagMs: 0 });
    crm = connectTo(sandbox);
  });
  afterEach(async () => {
    await crm.close();
    await sandbox.close();
  });

  const install = (
    fields: readonly FieldToInstall[] = FIELDS,
    more: Partial<InstallRequest> = {},
  ): Promise<InstallReport> =>
    crm.install({ fields, users: [], profile: null, layouts: [], dryRun: false, ...more });
  const optionsNow = async (): Promise<readonly string[] | undefined> =>
    (await crm.describe('companies'))?.fields.get('tierline_tier')?.options;
  const writes = (): number =>
    sandbox.calls.entries.filter(({ method }) => method !== 'GET' && method !== 'HEAD').length;
  const http = (method: string, path: string): Promise<Response> =>
    fetch(`${sandbox.url}${path}`, { method, headers: { authorization: `Bearer ${sandbox.token}` } });

  it('makes a group and all properties of an object in two writes', async () => {
    const report = await install();
    expect(results(report)).toEqual(['created']);
    expect(report.steps).toHaveLength(FIELDS.length + 3);
    expect(writes()).toBe(6);
  });

  it('makes what the connector then describes with the right kinds', async () => {
    await crm.describe('companies');
    await install();
    const schema = await crm.describe('companies');
    expect(
      Object.fromEntries(
        FIELDS.filter(({ crmObject }) => crmObject === 'companies').map(({ name }) => [
          name,
          schema?.fields.get(name)?.kind,
        ]),
      ),
    ).toEqual({
      tierline_tier: 'choice',
      tierline_programs_requested: 'multi_choice',
      tierline_fit: 'number',
      tierline_since: 'date',
      tierline_status: 'text',
      tierline_budget: 'number',
      tierline_flag: 'boolean',
    });
    expect(schema?.fields.get('tierline_tier')).toMatchObject({
      options: ['tier_1', 'tier_2'],
      restricted: true,
      createable: true,
      updateable: true,
    });
  });

  it('changes nothing the second time', async () => {
    await install();
    sandbox.calls.reset();
    expect(results(await install())).toEqual(['present']);
    expect(writes()).toBe(0);
  });

  it('says what it would do and does none of it', async () => {
    expect(results(await install(FIELDS, { dryRun: true }))).toEqual(['would_create']);
    expect(writes()).toBe(0);
    await install();
    const more = [
      field('companies', 'tierline_tier', { kind: 'choice', options: [...TIERS, option('tier_3')] }),
    ];
    const report = await install(more, { dryRun: true });
    expect(resultOf(report, 'companies.tierline_tier')).toBe('would_change');
    expect((await crm.describe('companies'))?.fields.get('tierline_tier')?.options).toHaveLength(2);
  });

  it('adds options, hides retired ones and shows them again when they come back', async () => {
    await install();
    const changed = await install(withOptions('tier_2', 'tier_3'));
    expect(resultOf(changed, 'companies.tierline_tier')).toBe('changed');
    expect(await optionsNow()).toEqual(['tier_2', 'tier_3']);
    // Records may hold a hidden option still.
    const holder = sandbox.portal.insert('companies', { tierline_tier: 'tier_1' });
    expect(holder.properties['tierline_tier']).toBe('tier_1');
    await install(withOptions('tier_1', 'tier_2', 'tier_3'));
    expect(await optionsNow()).toEqual(['tier_1', 'tier_2', 'tier_3']);
  });

  it('brings back a property that was archived, with the options it needs now', async () => {
    await install();
    const gone = await http('DELETE', '/crm/properties/2026-03/companies/tierline_tier');
    expect(gone.status).toBe(204);
    const report = await install([
      field('companies', 'tierline_tier', { kind: 'choice', options: [...TIERS, option('tier_3')] }),
      field('companies', 'tierline_new', { kind: 'date' }),
    ]);
    expect(resultOf(report, 'companies.tierline_tier')).toBe('created');
    expect(resultOf(report, 'companies.tierline_new')).toBe('created');
    expect((await crm.describe('companies'))?.fields.get('tierline_tier')?.options).toEqual([
      'tier_1',
      'tier_2',
      'tier_3',
    ]);
  });

  it('leaves a property of the same name but another type alone and says so', async () => {
    await install([field('companies', 'tierline_fit', { kind: 'text', length: 10 })]);
    const report = await install([
      field('companies', 'tierline_fit', { kind: 'number', precision: 4, scale: 1 }),
      field('companies', 'tierline_intent', { kind: 'number', precision: 4, scale: 1 }),
    ]);
    expect(resultOf(report, 'companies.tierline_fit')).toBe('failed');
    expect(resultOf(report, 'companies.tierline_intent')).toBe('created');
  });

  it('makes the others when one of a batch is refused', async () => {
    const report = await install([
      field('companies', 'NOT A NAME', { kind: 'date' }),
      field('companies', 'tierline_since', { kind: 'date' }),
    ]);
    expect(resultOf(report, 'companies.NOT A NAME')).toBe('failed');
    expect(resultOf(report, 'companies.tierline_since')).toBe('created');
  });

  it('finishes a setup whose answer got lost', async () => {
    sandbox.faults.inject({ path: '/batch/create', fault: { kind: 'cut-after-commit' } });
    const report = await install();
    expect(report.steps.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(results(await install())).toEqual(['present']);
  });

  it('says which scope it lacks', async () => {
    sandbox.portal.revokeScope('crm.schemas.companies.write');
    const { steps } = await install([field('companies', 'tierline_since', { kind: 'date' })]);
    expect(steps.some(({ result }) => result === 'failed')).toBe(true);
    expect(JSON.stringify(steps)).toContain('crm.schemas.companies.write');
  });

  it('lists what people must click, and what means nothing here', async () => {
    const plain = await install([]);
    expect(plain.byHand.join('\n')).toMatch(/Service Keys/);
    expect(plain.byHand.join('\n')).not.toMatch(/--users/);
    expect((await install([], { users: ['ana'] })).byHand.join('\n')).toMatch(/--users/);
  });
});
