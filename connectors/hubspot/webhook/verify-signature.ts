// Is a webhook call HubSpot's, and of now? Version 3 of its signatures; the vendor's client compares them in variable time.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookDelivery } from '#ports/webhook.ts';

/** HubSpot: calls older than five minutes are to be refused. As much again for a clock ahead of ours. */
const WINDOW_MS = 300_000;

export type SignatureVerdict = 'good' | 'stale' | 'unsigned';

/** @param secret the client secret of the app that the subscriptions belong to */
export function verifySignature(delivery: WebhookDelivery, secret: string): SignatureVerdict {
  const { method, url, headers, body, receivedAt } = delivery;
  const given = headers['x-hubspot-signature-v3'] ?? '';
  const timestamp = headers['x-hubspot-request-timestamp'] ?? '';
  if (given === '' || !/^\d{10,15}$/u.test(timestamp)) return 'unsigned';
  const wanted = createHmac('sha256', secret)
    .update(`${method}${decodeAsHubspotDoes(url)}`)
    .update(body)
    .update(timestamp)
    .digest();
  const signature = Buffer.from(given, 'base64');
  if (signature.length !== wanted.length || !timingSafeEqual(signature, wanted)) return 'unsigned';
  return Math.abs(receivedAt.getTime() - Number(timestamp)) > WINDOW_MS ? 'stale' : 'good';
}

/** HubSpot signs the address with these characters unescaped, however they were sent. */
const UNESCAPED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/giu;

function decodeAsHubspotDoes(url: string): string {
  return url.replaceAll(UNESCAPED, (escaped) => decodeURIComponent(escaped));
}
