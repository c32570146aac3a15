// Asks how many rows an object has. The call is free and the number a day old at times: it chooses the way, nothing else.
import { z } from 'zod';
import { ContractError } from '#errors/errors.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import type { CrmWindow } from '../call/vendor-clock.ts';

const RecordCount = z.object({ sObjects: z.array(z.object({ name: z.string(), count: z.number() })) });

/** Null when the org does not tell. */
export const countRows = async (
  client: SalesforceClient,
  object: string,
  signal: AbortSignal | undefined,
  onWindow: (window: CrmWindow | null) => void,
): Promise<number | null> => {
  try {
    const path = `/limits/recordCount?sObjects=${encodeURIComponent(object)}`;
    const { body, window } = await client.call({ method: 'GET', path, kind: 'other', signal });
    onWindow(window);
    const parsed = RecordCount.safeParse(body);
    if (!parsed.success) return null;
    return parsed.data.sObjects.find(({ name }) => name === object)?.count ?? null;
  } catch (error) {
    // "View Setup and Configuration" may be missing: the first page tells as well.
    if (error instanceof ContractError) return null;
    throw error;
  }
};
