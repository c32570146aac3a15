// HubSpot for the suite that every connector passes: the connector, its field names, and a hand inside the portal.
import type { CrmFields } from '#ports/crm.ts';
import type { Fault } from '#sandbox/http/faults.ts';
import { startHubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import { unavailableFault } from '#sandbox/hubspot/vendor-faults.ts';
import type { CrmFixture, NetworkFault } from '#test/contract/crm-fixture.ts';
import { connectTo } from './connected.ts';

const PATHS_OF = {
  read: /\/objects\/[^/]+\/\w+(\?|$)|\/search$|\/batch\/read$/,
  write: /\/batch\/(update|create|archive)$/,
};

const LONG_AGO_MS = 30 * 86_400_000;

export async function makeHubspotFixture(): Promise<CrmFixture> {
  let insertedAtMs: number | null = null;
  const sandbox = await startHubspotSandbox({ searchLagMs: 0, now: () => insertedAtMs ?? Date.now() });
  const { portal } = sandbox;
  const { clientId, clientSecret, refreshToken } = sandbox.oauth;
  const crm = connectTo(sandbox, { auth: { flow: 'refresh-token', clientId, clientSecret, refreshToken } });
  portal.putOwner({
    id: '501',
    userId: 601,
    email: 'a@example.com',
    firstName: 'Ana',
    lastName: 'Lima',
    archived: false,
    createdAtMs: 0,
    updatedAtMs: 0,
  });
  await crm.install({
    fields: [
      {
        object: 'task',
        crmObject: 'tasks',
        name: 'tierline_task_key',
        label: 'Task key',
        description: '',
        type: { kind: 'text', length: 120, externalId: true, unique: true },
        editableByUsers: false,
      },
    ],
    users: [],
    profile: null,
    layouts: [],
    dryRun: false,
  });

  return {
    crm,
    account: {
      crmObject: 'companies',
      nameField: 'name',
      textField: 'description',
      numberField: 'annualrevenue',
      refused: { fields: { industry: 'ALCHEMY' }, code: 'INVALID_OPTION', field: 'industry' },
    },
    task: { crmObject: 'tasks' },
    showsDeletionsIncrementally: false,
    newTask: (key, accountId) => ({
      fields: {
        hs_task_subject: 'Map the buying group',
        hs_timestamp: '2026-12-01T00:00:00.000Z',
        tierline_task_key: key,
      },
      idempotency: { field: 'tierline_task_key', value: key },
      accountId,
    }),

    async addAccounts(count, modifiedAt = new Date(Date.now() - LONG_AGO_MS)) {
      insertedAtMs = modifiedAt.getTime();
      const ids = Array.from(
        { length: count },
        (_, index) => portal.insert('companies', { name: `Company ${index}` }).id,
      );
      insertedAtMs = null;
      return ids;
    },
    async editAccount(id, fields) {
      portal.editAsHuman('companies', id, fields);
    },
    async deleteAccount(id) {
      portal.archive('companies', id);
    },
    valueOf: async (id, field) => portal.record('companies', id)?.properties[field] ?? null,
    countTasks: async (key) =>
      portal.records('tasks').filter((task) => holdsKey(task.properties, key)).length,
    async expireSession() {
      portal.expireToken();
    },
    async injectFault(call, fault, times = 1) {
      sandbox.faults.inject({ path: PATHS_OF[call], times, fault: toFault(fault) });
    },
    async close() {
      await crm.close();
      await sandbox.close();
    },
  };
}

const holdsKey = (properties: CrmFields, key: string): boolean => properties['tierline_task_key'] === key;

const toFault = (fault: NetworkFault): Fault =>
  fault === 'unavailable' ? unavailableFault() : { kind: fault };
