import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '#sandbox/start-sandbox.ts';

let sandbox: Sandbox | null = null;

afterEach(async () => {
  await sandbox?.close();
  sandbox = null;
});

const start = async (): Promise<Sandbox> => {
  sandbox = await startSandbox({ accounts: 25, seed: 3, asOf: new Date('2026-11-20T00:00:00Z') });
  return sandbox;
};

const getJson = async (url: string): Promise<unknown> => (await fetch(url)).json();

describe('startSandbox', () => {
  it('puts the accounts asked for into both CRMs', async () => {
    const { salesforce, hubspot } = await start();
    expect(await getJson(`${salesforce.url}/_sandbox/records/Account?limit=0`)).toMatchObject({ total: 25 });
    expect(await getJson(`${hubspot.url}/_sandbox/records/companies?limit=0`)).toMatchObject({ total: 25 });
    expect(await getJson(`${salesforce.url}/_sandbox/records/Contact?limit=0`)).toMatchObject({ total: 75 });
    expect(await getJson(`${hubspot.url}/_sandbox/records/contacts?limit=0`)).toMatchObject({ total: 75 });
  });

  it('tells the world that both were filled from', async () => {
    const { world, hubspot } = await start();
    const { records } = (await getJson(`${hubspot.url}/_sandbox/records/companies`)) as {
      records: unknown[];
    };
    const first = world.companies.find((company) => company.crms.includes('hubspot'));
    expect(JSON.stringify(records)).toContain(JSON.stringify(first?.name));
  });

  it('gives both ports back when it is closed', async () => {
    const { salesforce, hubspot } = await start();
    await sandbox?.close();
    for (const { url } of [salesforce, hubspot]) await expect(fetch(url)).rejects.toThrow(/fetch failed/u);
  });
});
