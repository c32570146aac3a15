// `tiers simulate`: what another policy or profile would move. Calls no CRM and writes nothing but the list it is asked for.
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import { parseIcp } from '#mapping/icp/load-icp.ts';
import { hashPolicy, parsePolicy } from '#mapping/policy/load-policy.ts';
import type { Rules, Session } from '#pipeline/session.ts';
import { describeSimulation } from '#pipeline/simulate/describe-simulation.ts';
import { type Mover, simulatePolicy } from '#pipeline/simulate/simulate-policy.ts';
import { EXIT } from '../../output/exit-code.ts';
import { openOutput } from '../../output/open-output.ts';
import { printSimulation } from '../../output/print-simulation.ts';
import { parseCountOrNone } from '../../parse-count.ts';
import { readTextFile } from '../../read-input.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';

interface SimulateFlags {
  readonly policy?: string;
  readonly icp?: string;
  readonly workspace?: string;
  readonly limit: number;
  readonly output?: string;
  readonly json?: boolean;
}

export function registerSimulate(tiers: Command, run: Run): void {
  tiers
    .command('simulate')
    .description('what another policy or profile would move, over the companies in the store')
    .option('--policy <file>', 'a policy.yaml; keys it leaves out keep their shipped value')
    .option('--icp <file>', 'an icp.yaml')
    .option('--limit <n>', 'how many of the accounts that move are listed', parseCountOrNone, 20)
    .option('--output <file>', 'write all that move there, one JSON line each')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--json', 'print one JSON document')
    .action((flags: SimulateFlags) => run((services) => simulate(services, flags)));
}

async function simulate(services: Services, flags: SimulateFlags): CommandResult {
  if (flags.policy === undefined && flags.icp === undefined) {
    throw new UsageError('There is nothing to try', {
      next: 'Name a policy with --policy, or a profile with --icp.',
    });
  }
  const { terminal } = services;
  return services.withSession(flags.workspace, async (session) => {
    const rules = await rulesOf(session, flags);
    const list = await openList(flags.output);
    const movers: Mover[] = [];
    const simulation = await simulatePolicy(session, rules, async (mover) => {
      if (movers.length < flags.limit) movers.push(mover);
      await list.add(mover);
    });
    await list.close();
    const document = describeSimulation(session, rules, simulation, movers);
    if (flags.json === true) terminal.json(document);
    else printSimulation(terminal, document);
    return EXIT.done;
  });
}

async function rulesOf(
  { rules }: Session,
  { policy: policyFile, icp: icpFile }: SimulateFlags,
): Promise<Rules> {
  const policy =
    policyFile === undefined ? rules.policy : parsePolicy(await readTextFile(policyFile), policyFile);
  const icp = icpFile === undefined ? rules.icp : parseIcp(await readTextFile(icpFile), icpFile);
  return { ...rules, policy, policyHash: hashPolicy(policy), icp };
}

async function openList(file: string | undefined) {
  if (file === undefined) return { add: () => Promise.resolve(), close: () => Promise.resolve() };
  const output = await openOutput(file);
  return {
    async add(mover: Mover): Promise<void> {
      if (!output.write(`${JSON.stringify(mover)}\n`)) await once(output, 'drain');
    },
    async close(): Promise<void> {
      if (output === process.stdout) return;
      output.end();
      await finished(output);
    },
  };
}
