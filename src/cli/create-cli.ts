// The command line: which commands there are, and how a failure becomes a message and an exit code.
import { Command, CommanderError } from 'commander';
import { TierlineError } from '#errors/errors.ts';
import { registerCheck } from './commands/check.ts';
import { registerConfig } from './commands/config.ts';
import { registerData } from './commands/data.ts';
import { registerDemo } from './commands/demo.ts';
import { registerExplain } from './commands/explain.ts';
import { registerIcp } from './commands/icp.ts';
import { registerInit } from './commands/init.ts';
import { registerKeys } from './commands/keys.ts';
import { registerMarket } from './commands/market.ts';
import { registerRoles } from './commands/roles.ts';
import { registerRuns } from './commands/runs.ts';
import { registerSandbox } from './commands/sandbox.ts';
import { registerSecrets } from './commands/secrets.ts';
import { registerServe } from './commands/serve.ts';
import { registerSetup } from './commands/setup.ts';
import { registerSync } from './commands/sync.ts';
import { registerTiers } from './commands/tiers.ts';
import { registerUsers } from './commands/users.ts';
import { registerWorker } from './commands/worker.ts';
import { EXIT } from './output/exit-code.ts';
import type { CommandResult, Services } from './services.ts';

/** Runs one command line and answers its exit code; never throws. */
export async function runCli(args: readonly string[], services: Services, version: string): Promise<number> {
  let exitCode: number = EXIT.done;
  const run = async (work: (given: Services) => CommandResult) => {
    exitCode = await work(services);
  };
  const program = new Command('tierline')
    .description('Account tiers that a sales team sees in the CRM it already uses.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => services.terminal.out(text.trimEnd()),
      writeErr: (text) => services.terminal.note(text.trimEnd()),
    });
  for (const register of [
    registerDemo,
    registerInit,
    registerCheck,
    registerSetup,
    registerSync,
    registerConfig,
    registerData,
    registerExplain,
    registerTiers,
    registerIcp,
    registerKeys,
    registerMarket,
    registerRoles,
    registerRuns,
    registerServe,
    registerUsers,
    registerSandbox,
    registerWorker,
    registerSecrets,
  ]) {
    register(program, run);
  }
  inheritSettings(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explainFailure(error, services);
  }
}

/** commander gives these two to direct children only at the moment they are made. */
function inheritSettings(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritSettings(child);
  }
}

function explainFailure(error: unknown, services: Services): number {
  const { terminal, signal } = services;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (signal.aborted) {
    terminal.note('Interrupted. What was finished is stored; the next run goes on from there.');
    return EXIT.interrupted;
  }
  if (error instanceof TierlineError) {
    terminal.note(`${terminal.style.red('error')}: ${error.message}`);
    if (error.next !== undefined) terminal.note(`  ${error.next}`);
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.note(`${terminal.style.red('internal error')}: ${text}`);
  terminal.note(
    '  This is a bug in Tierline; nothing it knows of was lost. Please report it with the lines above.',
  );
  return EXIT.failed;
}
