// An org answers every path of a version that it does not know with "not found": tells that apart from a missing object.
import { z } from 'zod';
import { ConfigError } from '#errors/errors.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';

const Versions = z.array(z.object({ version: z.string() }));

export const assertVersion = async (client: SalesforceClient): Promise<void> => {
  const { body } = await client.call({ method: 'GET', path: '/services/data', kind: 'other' });
  const parsed = Versions.safeParse(body);
  if (!parsed.success) return;
  const known = parsed.data.map(({ version }) => version);
  if (known.length === 0 || known.includes(client.apiVersion)) return;
  throw new ConfigError(
    `${client.connection}: the org does not speak version ${client.apiVersion} of the API, the newest it speaks is ${known.at(-1)}`,
    { next: `Set apiVersion in tierline.yaml to "62.0", or to another version up to "${known.at(-1)}".` },
  );
};
