// `sandbox`: a local Salesforce API and a local HubSpot API with invented companies, to try mappings against.
import type { Command } from 'commander';
import { EXIT } from '../output/exit-code.ts';
import { parseCountOrNone } from '../parse-count.ts';
import type { CommandResult, SandboxOptions, Services } from '../services.ts';
import type { Run } from './run.ts';

interface SandboxFlags {
  readonly accounts: number;
  readonly salesforcePort?: number;
  readonly hubspotPort?: number;
  readonly latency?: number;
  readonly sources?: string;
}

export function registerSandbox(program: Command, run: Run): void {
  program
    .command('sandbox')
    .description('serve a local Salesforce and a local HubSpot API with invented companies until Ctrl-C')
    .option('--accounts <n>', 'how many companies', parseCountOrNone, 200)
    .option('--salesforce-port <port>', 'port of the Salesforce API (default: a free one)', parseCountOrNone)
    .option('--hubspot-port <port>', 'port of the HubSpot API (default: a free one)', parseCountOrNone)
    .option('--latency <ms>', 'milliseconds that every answer takes', parseCountOrNone)
    .option('--sources <dir>', 'also write the source files of the invented companies there')
    .action((flags: SandboxFlags) => run((services) => sandbox(services, flags)));
}

async function sandbox(services: Services, flags: SandboxFlags): CommandResult {
  const { terminal } = services;
  const options: SandboxOptions = {
    accounts: flags.accounts,
    ...(flags.salesforcePort === undefined ? {} : { salesforcePort: flags.salesforcePort }),
    ...(flags.hubspotPort === undefined ? {} : { hubspotPort: flags.hubspotPort }),
    ...(flags.latency === undefined ? {} : { latencyMs: flags.latency }),
  };
  const running = await services.startSandbox(options);
  try {
    if (flags.sources !== undefined) {
      for (const file of await running.writeSources(flags.sources)) terminal.note(`wrote ${file}`);
    }
    const { salesforce, hubspot } = running;
    terminal.out(
      `Salesforce  ${salesforce.url}  client id ${salesforce.clientId}  client secret ${salesforce.clientSecret}`,
    );
    terminal.out(`HubSpot     ${hubspot.url}  token ${hubspot.token}`);
    terminal.note(
      'Edits, faults and calls: POST /_sandbox/edit, POST /_sandbox/fault, GET /_sandbox/calls on either one.',
    );
    terminal.note('Ctrl-C ends it; nothing is kept.');
    await services.untilInterrupted();
    return EXIT.done;
  } finally {
    await running.close();
  }
}
