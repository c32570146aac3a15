import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWebhookReader } from '#connectors/hubspot/webhook/create-webhook-reader.ts';
import { holdRun } from '#pipeline/hold-run.ts';
import { collect, recordOf } from '#test/store/records-of.ts';
import { startTestService, type TestService } from './service-fixture.ts';

const SECRET = 'the-secret-of-the-app';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({
    webhooks: createWebhookReader([{ connection: 'hs', secret: SECRET, portal: null }]),
  });
});

const event = (objectId: number) => ({
  eventId: objectId,
  portalId: 33,
  appId: 7,
  subscriptionType: 'company.propertyChange',
  objectId,
  propertyName: 'industry',
  propertyValue: 'x',
  changeSource: 'CRM_UI',
});

interface Delivery {
  readonly secret?: string;
  readonly sentAt?: number;
  readonly path?: string;
  readonly type?: string;
}

async function deliver(body: string, delivery: Delivery = {}): Promise<Response> {
  const {
    secret = SECRET,
    sentAt = Date.now(),
    path = '/webhooks/hubspot',
    type = 'application/json',
  } = delivery;
  const url = `${service.url}${path}`;
  const signature = createHmac('sha256', secret).update(`POST${url}${body}${sentAt}`).digest('base64');
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-hubspot-signature-v3': signature,
      'x-hubspot-request-timestamp': String(sentAt),
    },
    body,
  });
}

describe('a webhook call of HubSpot', () => {
  it('is answered after its records are queued, however often it comes', async () => {
    const body = JSON.stringify([event(1), event(2), event(1)]);
    const before = service.queue.touched.length;
    expect((await deliver(body)).status).toBe(204);
    expect((await deliver(body, { type: 'text/plain' })).status).toBe(204);
    expect(service.queue.touched.slice(before).map(({ id }) => id)).toEqual(['1', '2', '1', '2']);
  });

  it('is not answered for when the queue is down: HubSpot will send it again', async () => {
    service.queue.breakDown(true);
    const answer = await deliver(JSON.stringify([event(3)]));
    service.queue.breakDown(false);
    expect(answer.status).toBe(503);
  });

  it.each<readonly [string, () => Promise<Response>, number]>([
    ['signed with another secret', () => deliver('[]', { secret: 'guess' }), 401],
    ['ten minutes old', () => deliver('[]', { sentAt: Date.now() - 600_000 }), 401],
    [
      'without a signature',
      () => fetch(`${service.url}/webhooks/hubspot`, { method: 'POST', body: '[]' }),
      401,
    ],
    ['larger than HubSpot ever sends', () => deliver(`[${' '.repeat(300_000)}]`), 413],
    ['signed nonsense', () => deliver('{"a":'), 400],
    ['with GET', () => fetch(`${service.url}/webhooks/hubspot`), 405],
  ])('that is %s is refused and touches nothing', async (_, call, status) => {
    const before = service.queue.touched.length;
    expect((await call()).status).toBe(status);
    expect(service.queue.touched).toHaveLength(before);
  });

  it('leaves what it holds out of the log', async () => {
    await deliver(JSON.stringify([{ ...event(9), propertyValue: 'ana@acme.example' }]));
    expect(JSON.stringify(service.log)).not.toMatch(/ana@acme|the-secret-of-the-app/u);
  });
});

async function contacts(): Promise<readonly string[]> {
  const records = await collect(service.store.records.stream({ object: 'contact', withDeleted: true }));
  return records.map(({ connection, id }) => `${connection} ${id}`);
}

describe('a privacy deletion in HubSpot (invariant D4)', () => {
  const RUN = { mode: 'live', asOf: null, connections: [], options: {} } as const;
  const privacyDeletion = JSON.stringify([
    { ...event(77), subscriptionType: 'contact.privacyDeletion', propertyName: undefined },
  ]);

  it('is noted before it is answered, and the run that the call asks for forgets the person last', async () => {
    const email = 'ana@acme.example';
    await service.store.records.put('r0', [
      recordOf('contact', '77', { email }, { connection: 'hs' }),
      recordOf('contact', '003', { email }),
      recordOf('contact', '004', { email: 'bo@acme.example' }),
    ]);
    expect((await deliver(privacyDeletion)).status).toBe(204);
    expect(service.queue.touched.at(-1)).toEqual({ connection: 'hs', object: 'contact', id: '77' });
    expect(await contacts()).toHaveLength(3);
    // The run still sees whose company it is, and may even store the person again.
    await holdRun(service.session, RUN, async () => expect(await contacts()).toHaveLength(3));
    expect(await contacts()).toEqual(['sf 004']);
  });

  it('is carried out by a run that fails, too', async () => {
    await service.store.records.put('r0', [recordOf('contact', '77', {}, { connection: 'hs' })]);
    await deliver(privacyDeletion);
    await expect(holdRun(service.session, RUN, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    expect(await contacts()).toEqual(['sf 004']);
  });
});

it('is not expected where no connection names an app', async () => {
  const plain = await startTestService();
  const answer = await fetch(`${plain.url}/webhooks/hubspot`, { method: 'POST', body: '[]' });
  expect(answer.status).toBe(404);
});
