// Salesforce for the contract suite: the sandbox as the org, a few of our fields granted, the connector on top.
import { serverUnavailable } from '#sandbox/salesforce/http/vendor-faults.ts';
import {
  type SalesforceSandbox,
  type SalesforceSandboxOptions,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import type { CrmFixture, NetworkFault } from '#test/contract/crm-fixture.ts';
import { connectTo } from './fake-salesforce.ts';

export interface SalesforceFixture extends CrmFixture {
  readonly sandbox: SalesforceSandbox;
}

const LONG_AGO_MS = 30 * 24 * 60 * 60_000;

export const TASK_KEY = 'Tierline_Task_Key__c';

export const startSalesforceFixture = async (
  options: SalesforceSandboxOptions = {},
): Promise<SalesforceFixture> => {
  const sandbox = await startSalesforceSandbox({ multiCurrency: false, ...options });
  const { org } = sandbox;
  installFields(sandbox);
  const { crm } = connectTo(sandbox.url, {
    auth: {
      flow: 'client-credentials',
      loginUrl: sandbox.url,
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
    },
    timings: { readDeadlineMs: 20_000, writeDeadlineMs: 20_000 },
  });
  return {
    sandbox,
    crm,
    account: {
      crmObject: 'Account',
      nameField: 'Name',
      textField: 'Tierline_Tier_Reason__c',
      numberField: 'Tierline_Fit__c',
      refused: {
        fields: { Tierline_Tier__c: 'Gold' },
        code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        field: 'Tierline_Tier__c',
      },
    },
    task: { crmObject: 'Task' },
    showsDeletionsIncrementally: true,
    newTask: (key, accountId) => ({
      fields: {
        Subject: 'Call',
        Status: 'Not Started',
        Priority: 'Normal',
        WhatId: accountId,
        [TASK_KEY]: key,
      },
      idempotency: { field: TASK_KEY, value: key },
      accountId,
    }),
    addAccounts(count, modifiedAt = new Date(Date.now() - LONG_AGO_MS)) {
      const ids = Array.from({ length: count }, (_value, index) =>
        org.insert('Account', { Name: `Company ${index}` }, { at: modifiedAt }),
      );
      return Promise.resolve(ids);
    },
    editAccount(id, fields) {
      org.editAsHuman('Account', id, fields);
      return Promise.resolve();
    },
    deleteAccount(id) {
      org.remove(id);
      return Promise.resolve();
    },
    valueOf: (id, field) => Promise.resolve(org.find('Account', id)?.[field] ?? null),
    countTasks: (key) => Promise.resolve(org.records('Task').filter((row) => row[TASK_KEY] === key).length),
    expireSession() {
      sandbox.expireSessions();
      return Promise.resolve();
    },
    injectFault(call, fault, times = 1) {
      sandbox.faults.inject({
        path: call === 'read' ? /\/(?:query|queryAll|jobs\/query)\b/ : /\/composite\/sobjects/,
        times,
        fault: toFault(fault),
      });
      return Promise.resolve();
    },
    async close() {
      await crm.close();
      await sandbox.close();
    },
  };
};

const toFault = (fault: NetworkFault): Parameters<SalesforceSandbox['faults']['inject']>[0]['fault'] =>
  fault === 'unavailable' ? serverUnavailable() : { kind: fault };

const installFields = ({ org }: SalesforceSandbox): void => {
  org.createField('Account.Tierline_Tier_Reason__c', { label: 'Reason', type: 'Text', length: 255 });
  org.createField('Account.Tierline_Fit__c', { label: 'Fit', type: 'Number', precision: 4, scale: 1 });
  org.createField('Account.Tierline_Tier__c', {
    label: 'Tier',
    type: 'Picklist',
    valueSet: {
      restricted: true,
      valueSetDefinition: {
        sorted: false,
        value: ['Tier 1', 'Tier 2', 'Tier 3'].map((name) => ({
          fullName: name,
          default: false,
          label: name,
        })),
      },
    },
  });
  org.createField(`Activity.${TASK_KEY}`, {
    label: 'Key',
    type: 'Text',
    length: 120,
    externalId: true,
    unique: true,
  });
  org.grant({
    fields: [
      'Account.Tierline_Tier_Reason__c',
      'Account.Tierline_Fit__c',
      'Account.Tierline_Tier__c',
      `Task.${TASK_KEY}`,
    ],
  });
};
