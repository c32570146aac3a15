// `demo`: everything at once on invented companies: sandbox, database, setup, one full sync, and the table of tiers.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { loadCrmMapping } from '#mapping/fields/crm-mapping.ts';
import { shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { runSync } from '#pipeline/run-sync.ts';
import type { Session } from '#pipeline/session.ts';
import { setupConnection } from '#pipeline/setup-connection.ts';
import { exitCodeOf } from '../output/exit-code.ts';
import { printSync } from '../output/print-sync.ts';
import { printTierTable } from '../output/print-tier-table.ts';
import { parseCountOrNone } from '../parse-count.ts';
import type { CommandResult, RunningSandbox, Services } from '../services.ts';
import type { Run } from './run.ts';

/** Where `serve` answers, too. */
const DEMO_PORT = 4400;

interface DemoFlags {
  readonly once?: boolean;
  readonly accounts: number;
}

export function registerDemo(program: Command, run: Run): void {
  program
    .command('demo')
    .description('try it all on invented companies: no account, no database, nothing leaves this machine')
    .option('--once', 'end after the table instead of waiting for Ctrl-C')
    .option('--accounts <n>', 'how many companies', parseCountOrNone, 200)
    .action((flags: DemoFlags) => run((services) => demo(services, flags)));
}

async function demo(services: Services, flags: DemoFlags): CommandResult {
  const { terminal } = services;
  const folder = makeDemoFolder();
  terminal.note(
    `Starting a local Salesforce and a local HubSpot with ${flags.accounts} invented companies …`,
  );
  const sandbox = await services.startSandbox({ accounts: flags.accounts });
  try {
    await sandbox.writeSources(path.join(folder, 'data'));
    writeFileSync(path.join(folder, 'tierline.yaml'), demoWorkspace(sandbox));
    terminal.note('Starting an embedded PostgreSQL …');
    const exitCode = await services.withSession(folder, async (session) => {
      await setUp(services, session);
      const result = await runSync(session, {
        connections: [],
        accounts: [],
        full: true,
        dryRun: false,
        asOf: null,
        approve: null,
      });
      await printTierTable(terminal, session);
      terminal.out('');
      printSync(terminal, result);
      return exitCodeOf(result.causes);
    });
    if (flags.once !== true) await serveDemo(services, folder, sandbox);
    return exitCode;
  } finally {
    await sandbox.close();
    services.discardDatabase(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeDemoFolder(): string {
  const parent = path.resolve('.tierline');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(path.join(parent, 'demo-'));
}

async function setUp(services: Services, session: Session): Promise<void> {
  for (const connected of session.connections) {
    const report = await setupConnection(
      session,
      connected,
      loadCrmMapping(connected.kind, shippedMappingFiles),
      {
        users: [],
        profile: null,
        layouts: 'all',
        dryRun: false,
      },
    );
    const made = report.steps.filter((step) => step.result === 'created' || step.result === 'changed').length;
    services.terminal.note(`${connected.id}: set up ${made} fields, grants and layout places`);
  }
}

async function serveDemo(services: Services, folder: string, sandbox: RunningSandbox): Promise<void> {
  const address = { workspace: folder, host: '127.0.0.1', port: DEMO_PORT, orAnyPort: true };
  await services.serve(address, ({ url, firstAdminLink }) => {
    services.terminal.note('');
    services.terminal.out(`Tierline answers on ${url} until Ctrl-C.`);
    if (firstAdminLink !== null) services.terminal.out(`Become its admin, within an hour: ${firstAdminLink}`);
    sayHowToLookAround(services, folder, sandbox);
  });
}

function sayHowToLookAround({ terminal }: Services, folder: string, sandbox: RunningSandbox): void {
  const shown = path.relative(process.cwd(), folder);
  terminal.note('');
  terminal.note('Database and sandbox stay up as long. In another terminal, look around:');
  for (const command of ['explain ACCOUNT', 'plan', 'sync', 'runs list', 'check']) {
    terminal.note(`  npm run -s tierline -- ${command} --workspace ${shown}`);
  }
  terminal.note('Change something as a person in the CRM would, and sync again:');
  terminal.note(
    `  curl -s ${sandbox.salesforce.url}/_sandbox/edit -H 'content-type: application/json' -d '{"type":"Account","id":"ID","fields":{"Industry":"Software"}}'`,
  );
}

function demoWorkspace({ salesforce, hubspot }: RunningSandbox): string {
  return `name: demo
connections:
  - id: sf
    crm: salesforce
    auth: { flow: client-credentials, loginUrl: "${salesforce.url}", clientId: "${salesforce.clientId}", clientSecret: "${salesforce.clientSecret}" }
  - id: hs
    crm: hubspot
    auth: { flow: access-token, token: "${hubspot.token}" }
    baseUrl: "${hubspot.url}"
currency: USD
rates: { EUR: 1.08, GBP: 1.27, JPY: 0.0066, KRW: 0.00072, TWD: 0.031, CNY: 0.14, BRL: 0.18, CAD: 0.73, INR: 0.012, SEK: 0.095, SGD: 0.75, CHF: 1.13, AUD: 0.66, DKK: 0.145, NOK: 0.091, PLN: 0.25, MXN: 0.055, HKD: 0.128 }
sources:
  - { id: surge,  kind: intent-scores,  file: data/surge.csv,  method: coop_consented }
  - { id: weekly, kind: intent-counts,  file: data/weekly.csv, method: coop_consented }
  - { id: g2,     kind: intent-signals, file: data/g2.jsonl,   method: review_site }
  - { id: firmo,  kind: firmographics,  file: data/firmo.csv,  fresh: 180d }
  - { id: erp,    kind: transactions,   file: data/invoices.csv.gz }
  - { id: web,    kind: engagement,     file: data/visits.jsonl, method: first_party }
`;
}
