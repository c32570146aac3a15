// The profile and the market over HTTP: the same documents as the commands print.
import { beforeAll, describe, expect, it } from 'vitest';
import { recordOf } from '#test/store/records-of.ts';
import { administer } from '#test/store/store-fixture.ts';
import { callService } from './service-client.ts';
import { startTestService, type TestService } from './service-fixture.ts';

let service: TestService;
const headers: Record<string, string> = {};

beforeAll(async () => {
  service = await startTestService();
  headers['authorization'] = `Bearer ${(await service.apiKey('marketer')).key}`;
});

const call = (what: string, body?: unknown) =>
  callService(service.url, what, { headers, ...(body === undefined ? {} : { body }) });

const won = (id: string, account: string, closeDate: string) =>
  recordOf('opportunity', id, {
    accountId: account,
    amount: 40_000,
    isClosed: true,
    isWon: true,
    closeDate,
  });

async function storeCustomers(): Promise<void> {
  await service.store.records.put('run', [
    recordOf('account', 'a1', { name: 'Alpha', industry: 'Software', employees: 800, country: 'US' }),
    recordOf('account', 'a2', { name: 'Beta', type: 'Competitor' }),
    won('o1', 'a1', '2024-01-10'),
    won('o2', 'a1', '2025-01-05'),
  ]);
  await administer(
    service.databaseUrl,
    `update tierline.records set company_key = 'co_' || coalesce(account_id, id)`,
    service.databaseUrl,
  );
}

describe('the profile and the market over HTTP', () => {
  it('say that nothing was read yet', async () => {
    expect((await call('GET /api/icp')).body).toMatchObject({ companies: 0 });
    expect(await call('POST /api/icp/derive', {})).toMatchObject({ status: 400 });
    expect(await call('POST /api/market/size', {})).toMatchObject({ status: 400 });
  });

  it('are what the commands print', async () => {
    await storeCustomers();
    expect((await call('GET /api/icp')).body).toMatchObject({
      companies: 2,
      excluded: 1,
      template: 'general',
    });
    expect((await call('POST /api/icp/derive', { minLearn: 1 })).body).toMatchObject({
      stage: 'learn',
      cohorts: { proven: 1, lost: 0 },
      proposal: null,
    });
    const sized = await call('POST /api/market/size', {
      target: 1_000_000,
      acv: 50_000,
      opportunity: 0.15,
      win: 0.25,
    });
    expect(sized.body).toMatchObject({ companies: 2, avoided: 1, revenue: { accounts: 534 } });
  });

  it('refuse what makes no sense', async () => {
    expect(await call('POST /api/icp/derive', { minLearn: 5, minSuggest: 9 })).toMatchObject({ status: 400 });
    expect(await call('POST /api/market/size', { win: 2 })).toMatchObject({ status: 400 });
    expect(await call('POST /api/market/size', { costs: { fixed: 1 } })).toMatchObject({ status: 400 });
  });
});
