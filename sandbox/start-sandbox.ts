// Starts both local CRMs over one invented market. Knows no connector.
import { type HubspotSandbox, startHubspotSandbox } from './hubspot/start-hubspot-sandbox.ts';
import { type SalesforceSandbox, startSalesforceSandbox } from './salesforce/start-salesforce-sandbox.ts';
import { createWorld } from './world/create-world.ts';
import type { World } from './world/world.ts';

export interface SandboxOptions {
  readonly accounts: number;
  readonly seed?: number;
  /** Moment around which the market is invented; now when left out. */
  readonly asOf?: Date;
  readonly salesforcePort?: number;
  readonly hubspotPort?: number;
  readonly latencyMs?: number;
  /** How long a change takes to show in HubSpot's search. */
  readonly searchLagMs?: number;
}

export interface Sandbox {
  readonly world: World;
  readonly salesforce: SalesforceSandbox;
  readonly hubspot: HubspotSandbox;
  close(): Promise<void>;
}

export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { accounts, seed, asOf, latencyMs } = options;
  const world = createWorld({
    accounts,
    ...(seed === undefined ? {} : { seed }),
    ...(asOf === undefined ? {} : { asOf }),
  });
  const shared = { world, ...(latencyMs === undefined ? {} : { latencyMs }) };
  const salesforce = await startSalesforceSandbox({
    ...shared,
    ...(options.salesforcePort === undefined ? {} : { port: options.salesforcePort }),
  });
  try {
    const hubspot = await startHubspotSandbox({
      ...shared,
      ...(options.hubspotPort === undefined ? {} : { port: options.hubspotPort }),
      ...(options.searchLagMs === undefined ? {} : { searchLagMs: options.searchLagMs }),
    });
    return {
      world,
      salesforce,
      hubspot,
      async close() {
        await Promise.all([salesforce.close(), hubspot.close()]);
      },
    };
  } catch (error) {
    await salesforce.close();
    throw error;
  }
};
