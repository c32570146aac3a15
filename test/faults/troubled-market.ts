// The market that faults are let loose on, and what both CRMs hold of it in the end: the same, whatever went wrong on the way.
import { type Cast, type CastMember, castMarket } from '#test/flow/cast.ts';
import { CONNECTIONS } from '#test/flow/crm-view.ts';
import { AS_OF, type Flow, type FlowOptions, startFlow } from '#test/flow/flow-fixture.ts';

const NAMES = `
  Abalone Bergamot Cobaltine Dovetail Elderwick Foxglove Gypsum Hazelmere Inkwell Juniper Kingfisher Lavender Marzipan Nutmeg
  Obsidian Pomelo Quicksilver Rutabaga Saffron Thimble Umbrella Verbena Wolfram Xylophone Yarrow Zinnia Almanac Buttercup
  Chinchilla Dragonfly`
  .trim()
  .split(/\s+/u);

/** 30 companies of every tier in one or both CRMs, 60 people in each at most; tasks in both, rows of programs in Salesforce. */
const MEMBERS: readonly CastMember[] = NAMES.map((name, index) => ({
  name,
  plays: (['tier_1', 'tier_3', 'tier_2', 'not_tiered', 'tier_3'] as const)[index % 5] ?? 'tier_3',
  ...(index % 10 === 4 ? { demoDaysAgo: 2 } : {}),
  company: {
    owner: index % 4,
    crms: ([['salesforce', 'hubspot'], ['salesforce'], ['hubspot']] as const)[index % 3] ?? ['salesforce'],
  },
}));

export function troubledMarket(): Cast {
  return castMarket(AS_OF, MEMBERS);
}

export function startTroubledFlow(options: Partial<FlowOptions> = {}): Promise<Flow> {
  return startFlow({ ...troubledMarket(), ...options });
}

/**
 * Everything that Tierline wrote, without what differs from one identical sandbox to the next: keys of companies are minted at
 * random and stand for the records that share them, ids of records that we made are left out.
 */
export function finalState(flow: Flow): object {
  const groups = new Map<string, string>();
  for (const connection of CONNECTIONS)
    for (const { id, key } of flow.crm(connection).accounts())
      if (key !== null && !groups.has(key)) groups.set(key, `${connection} ${id}`);
  const companyOf = (key: string | null) => (key === null ? null : groups.get(key));
  return Object.fromEntries(
    CONNECTIONS.map((connection) => {
      const view = flow.crm(connection);
      return [
        connection,
        {
          accounts: view.accounts().map((account) => ({ ...account, key: companyOf(account.key) })),
          contacts: view.contacts().map((contact) => ({ ...contact, key: companyOf(contact.key) })),
          tasks: view.tasks().map(({ id: _id, ...task }) => task),
          programs: view.programs().map(({ id: _id, ...program }) => program),
        },
      ];
    }),
  );
}

/** What the CRMs hold after a sync that nothing disturbed. */
export async function undisturbedState(): Promise<object> {
  const flow = await startTroubledFlow();
  const run = await flow.sync();
  if (run.exitCode !== 0) throw new Error(`the undisturbed run ended with ${run.exitCode}`);
  await flow.close();
  return finalState(flow);
}
