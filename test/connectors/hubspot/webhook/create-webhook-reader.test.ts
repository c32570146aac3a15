import { createHmac } from 'node:crypto';
import { assert, constantFrom, property, shuffledSubarray, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createWebhookReader,
  type WebhookSubscriber,
} from '#connectors/hubspot/webhook/create-webhook-reader.ts';
import type { WebhookDelivery, WebhookReading } from '#ports/webhook.ts';

const SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const URL_CALLED = 'https://tierline.acme.com/webhooks/hubspot';
const NOW = new Date('2026-11-22T12:00:00Z');

const one: WebhookSubscriber = { connection: 'hs', secret: SECRET, portal: null };
const reader = createWebhookReader([one]);

const change = {
  eventId: 3816279340,
  subscriptionId: 25,
  portalId: 33,
  appId: 1160452,
  occurredAt: NOW.getTime(),
  subscriptionType: 'company.propertyChange',
  attemptNumber: 0,
  objectId: 712,
  propertyName: 'industry',
  propertyValue: 'COMPUTER_SOFTWARE',
  changeSource: 'CRM_UI',
  sourceId: 'userId:99',
};

interface Signing {
  readonly secret?: string;
  readonly sentAt?: Date;
  readonly signedUrl?: string;
  readonly calledUrl?: string;
}

function deliver(events: unknown, signing: Signing = {}): WebhookDelivery {
  const { secret = SECRET, sentAt = NOW, signedUrl = URL_CALLED, calledUrl = URL_CALLED } = signing;
  const body = Buffer.from(typeof events === 'string' ? events : JSON.stringify(events));
  const timestamp = String(sentAt.getTime());
  const signature = createHmac('sha256', secret)
    .update(`POST${signedUrl}${body.toString('utf8')}${timestamp}`)
    .digest('base64');
  return {
    method: 'POST',
    url: calledUrl,
    headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp },
    body,
    receivedAt: NOW,
  };
}

const company = (id: string) => ({ connection: 'hs', object: 'account', id });

describe('a signed call', () => {
  it('names the records that changed, each once', () => {
    const events = [change, { ...change, propertyName: 'country' }, { ...change, objectId: '713' }];
    expect(reader.read(deliver(events))).toEqual({
      touched: [company('712'), company('713')],
      forgotten: [],
      counts: { events: 3, echoes: 0, ignored: 0 },
    });
  });

  it.each([
    { type: 'contact.creation', object: 'contact' },
    { type: 'deal.propertyChange', object: 'opportunity' },
    { type: 'company.deletion', object: 'account' },
    { type: 'company.restore', object: 'account' },
  ])('may be of $type', ({ type, object }) => {
    const { touched } = reader.read(deliver([{ ...change, subscriptionType: type }])) as WebhookReading;
    expect(touched).toEqual([{ connection: 'hs', object, id: '712' }]);
  });

  it('may name the object by the number of its type', () => {
    const event = { ...change, subscriptionType: 'object.propertyChange', objectTypeId: '0-2' };
    expect(reader.read(deliver([event]))).toMatchObject({ touched: [company('712')] });
  });

  it('touches every record of a merge: the old ones and the new', () => {
    const merge = {
      ...change,
      subscriptionType: 'company.merge',
      objectId: undefined,
      primaryObjectId: 1,
      mergedObjectIds: [2, 3],
      newObjectId: 4,
    };
    const { touched } = reader.read(deliver([merge])) as WebhookReading;
    expect(touched.map(({ id }) => id).toSorted()).toEqual(['1', '2', '3', '4']);
  });

  it('touches the record whose association changed', () => {
    const moved = {
      ...change,
      subscriptionType: 'contact.associationChange',
      objectId: undefined,
      associationType: 'CONTACT_TO_COMPANY',
      fromObjectId: 8,
      toObjectId: 9,
    };
    expect(reader.read(deliver([moved]))).toMatchObject({
      touched: [{ connection: 'hs', object: 'contact', id: '8' }],
    });
  });

  it('tells which person is to be forgotten', () => {
    const wish = { ...change, subscriptionType: 'contact.privacyDeletion' };
    expect(reader.read(deliver([wish]))).toMatchObject({
      forgotten: [{ connection: 'hs', object: 'contact', id: '712' }],
    });
  });

  it('leaves out echoes of what our own app wrote, not what other apps did', () => {
    const ours = { ...change, changeSource: 'INTEGRATION', sourceId: '1160452' };
    const others = { ...change, objectId: 5, changeSource: 'INTEGRATION', sourceId: '77' };
    expect(reader.read(deliver([ours, others]))).toEqual({
      touched: [company('5')],
      forgotten: [],
      counts: { events: 2, echoes: 1, ignored: 0 },
    });
  });

  it('counts what it cannot read or does not know, and takes the rest', () => {
    const events = [
      null,
      'text',
      { ...change, objectId: '712; drop table' },
      { ...change, subscriptionType: 'ticket.creation' },
      { ...change, subscriptionType: '__proto__.creation' },
      change,
    ];
    expect(reader.read(deliver(events))).toEqual({
      touched: [company('712')],
      forgotten: [],
      counts: { events: 6, echoes: 0, ignored: 5 },
    });
  });

  it('says the same in whatever order events come', () => {
    const events = [1, 2, 3, 4].map((objectId) => ({ ...change, objectId }));
    assert(
      property(shuffledSubarray(events, { minLength: 4 }), (shuffled) => {
        const { touched } = reader.read(deliver(shuffled)) as WebhookReading;
        expect(touched.map(({ id }) => id).toSorted()).toEqual(['1', '2', '3', '4']);
      }),
    );
  });

  it('is signed over the address with some characters unescaped', () => {
    const called = 'https://tierline.acme.com/webhooks/hubspot?to=a%3Ab%2Fc';
    const signed = 'https://tierline.acme.com/webhooks/hubspot?to=a:b/c';
    const delivery = deliver([change], { calledUrl: called, signedUrl: signed });
    expect(reader.read(delivery)).toMatchObject({ touched: [company('712')] });
  });
});

describe('a call is refused', () => {
  const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

  it.each([
    ['of another secret', deliver([change], { secret: 'another' }), 'unsigned'],
    ['to another address', deliver([change], { signedUrl: 'https://evil.example/' }), 'unsigned'],
    ['without a signature', { ...deliver([change]), headers: {} }, 'unsigned'],
    [
      'whose body was changed',
      { ...deliver([change]), body: Buffer.from(JSON.stringify([{ ...change, objectId: 1 }])) },
      'unsigned',
    ],
    ['by another method', { ...deliver([change]), method: 'PUT' }, 'unsigned'],
    [
      'whose time was changed',
      {
        ...deliver([change], { sentAt: minutes(-10) }),
        headers: {
          ...deliver([change], { sentAt: minutes(-10) }).headers,
          'x-hubspot-request-timestamp': String(NOW.getTime()),
        },
      },
      'unsigned',
    ],
    ['six minutes old', deliver([change], { sentAt: minutes(-6) }), 'stale'],
    ['six minutes ahead', deliver([change], { sentAt: minutes(6) }), 'stale'],
    ['that is no JSON', deliver('<xml/>'), 'unreadable'],
    ['that is no list', deliver({ events: [] }), 'unreadable'],
    ['of too many events', deliver(Array.from({ length: 1_001 }, () => change)), 'unreadable'],
  ])('%s', (_, delivery, refused) => {
    expect(reader.read(delivery)).toEqual({ refused });
  });

  it('whatever bytes it consists of', () => {
    assert(
      property(uint8Array({ maxLength: 200 }), constantFrom('', 'AAAA', '***'), (bytes, signature) => {
        const delivery = {
          ...deliver([change]),
          body: Buffer.from(bytes),
          headers: {
            'x-hubspot-signature-v3': signature,
            'x-hubspot-request-timestamp': String(NOW.getTime()),
          },
        };
        expect(reader.read(delivery)).toEqual({ refused: 'unsigned' });
      }),
    );
  });
});

describe('several portals', () => {
  const both = createWebhookReader([
    { connection: 'eu', secret: SECRET, portal: '33' },
    { connection: 'us', secret: SECRET, portal: '44' },
    { connection: 'other', secret: 'another-app', portal: null },
  ]);

  it('of one app are told apart by their id', () => {
    const events = [change, { ...change, portalId: 44 }, { ...change, portalId: 55 }];
    expect(both.read(deliver(events))).toEqual({
      touched: [
        { connection: 'eu', object: 'account', id: '712' },
        { connection: 'us', object: 'account', id: '712' },
      ],
      forgotten: [],
      counts: { events: 3, echoes: 0, ignored: 1 },
    });
  });

  it('of different apps by their secret', () => {
    expect(both.read(deliver([change], { secret: 'another-app' }))).toMatchObject({
      touched: [{ connection: 'other', object: 'account', id: '712' }],
    });
  });
});
