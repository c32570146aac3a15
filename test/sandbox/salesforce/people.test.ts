import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { createWorld } from '#sandbox/world/create-world.ts';
import { connectJsforce } from './salesforce-client.ts';

let sandbox: SalesforceSandbox;
let now = new Date('2026-05-17T12:00:00Z');

beforeEach(async () => {
  now = new Date('2026-05-17T12:00:00Z');
  sandbox = await startSalesforceSandbox({
    world: createWorld({ accounts: 20, asOf: new Date('2026-05-01T00:00:00Z') }),
    now: () => now,
  });
});
afterEach(() => sandbox.close());

const firstAccount = () => {
  const [row] = sandbox.org.records('Account');
  if (row === undefined) throw new Error('the world has no account');
  return row;
};

describe('an edit by a person', () => {
  it('moves the stamps and names the person', () => {
    const before = firstAccount();
    const after = sandbox.org.editAsHuman('Account', String(before['Id']), { Rating: 'Hot' });
    expect(after).toMatchObject({
      Rating: 'Hot',
      SystemModstamp: '2026-05-17T12:00:00.000+0000',
      LastModifiedDate: '2026-05-17T12:00:00.000+0000',
    });
    expect(after['LastModifiedById']).not.toBe(sandbox.org.integrationUserId);
    expect(sandbox.org.userIds).toContain(after['LastModifiedById']);
    expect(after['CreatedDate']).toBe(before['CreatedDate']);
  });

  it('is overtaken by an edit over the API, which names the integration user', async () => {
    const id = String(firstAccount()['Id']);
    sandbox.org.editAsHuman('Account', id, { Rating: 'Hot' });
    now = new Date('2026-05-17T12:05:00Z');
    await connectJsforce(sandbox).update('Account', { Id: id, Rating: 'Cold' });
    expect(sandbox.org.find('Account', id)).toMatchObject({
      SystemModstamp: '2026-05-17T12:05:00.000+0000',
      LastModifiedById: sandbox.org.integrationUserId,
    });
  });

  it('can be committed late, behind stamps already seen', () => {
    const id = String(firstAccount()['Id']);
    const row = sandbox.org.editAsHuman(
      'Account',
      id,
      { Rating: 'Hot' },
      { at: new Date('2026-05-17T11:58:00Z') },
    );
    expect(row['SystemModstamp']).toBe('2026-05-17T11:58:00.000+0000');
  });

  it('is held to the rules of the org', () => {
    expect(() => sandbox.org.editAsHuman('Account', String(firstAccount()['Id']), { Name: null })).toThrow(
      'REQUIRED_FIELD_MISSING',
    );
  });
});

describe('an automation', () => {
  it('moves SystemModstamp and leaves LastModifiedDate', () => {
    const before = firstAccount();
    const after = sandbox.org.editByAutomation('Account', String(before['Id']), { Rating: 'Hot' });
    expect(after['SystemModstamp']).not.toBe(before['SystemModstamp']);
    expect(after['LastModifiedDate']).toBe(before['LastModifiedDate']);
  });
});

describe('a merge', () => {
  it('leaves the loser deleted and pointing to the winner, and moves its children', async () => {
    const { org } = sandbox;
    const [winner = '', loser = ''] = ['Winner', 'Loser'].map((Name) => org.insert('Account', { Name }));
    const contactId = org.insert('Contact', { LastName: 'Doe', AccountId: loser });
    const taskId = org.insert('Task', { Subject: 'Call', WhatId: loser });
    now = new Date('2026-05-17T13:00:00Z');
    org.merge(winner, [loser]);

    expect(org.find('Account', loser)).toMatchObject({
      IsDeleted: true,
      MasterRecordId: winner,
      SystemModstamp: '2026-05-17T13:00:00.000+0000',
    });
    expect(org.find('Contact', contactId)).toMatchObject({ AccountId: winner, IsDeleted: false });
    expect(org.find('Task', taskId)).toMatchObject({ WhatId: winner });

    const connection = connectJsforce(sandbox);
    const { records } = await connection.query(
      'SELECT Id, MasterRecordId FROM Account WHERE MasterRecordId != null',
      { scanAll: true },
    );
    expect(records).toMatchObject([{ Id: loser, MasterRecordId: winner }]);
  });
});

describe('replication', () => {
  it('lists what changed and what was deleted, within the days it covers', async () => {
    const { org } = sandbox;
    const edited = String(firstAccount()['Id']);
    org.editAsHuman('Account', edited, { Rating: 'Hot' });
    const gone = org.insert('Account', { Name: 'Gone' });
    org.remove(gone);
    now = new Date('2026-05-17T12:10:00Z');
    const connection = connectJsforce(sandbox);
    const span = ['2026-05-17T11:00:00Z', '2026-05-17T12:05:00Z'] as const;
    expect((await connection.updated('Account', ...span)).ids).toEqual([edited]);
    const deleted = await connection.deleted('Account', ...span);
    expect(deleted.deletedRecords).toEqual([{ id: gone, deletedDate: '2026-05-17T12:00:00.000+0000' }]);
    await expect(connection.deleted('Account', '2026-04-01T00:00:00Z', span[1])).rejects.toMatchObject({
      errorCode: 'INVALID_REPLICATION_DATE',
    });
  });
});
