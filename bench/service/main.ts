// How the API answers while a sync is under way: N users for a minute, each asking again as soon as it was answered.
// Everything is started as its users start it: the sandbox, the workspace, `serve`; only the questions come from here.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { removeCluster } from '#store/embedded/remove-cluster.ts';
import { askForAWhile } from './ask-for-a-while.ts';
import { startProgram } from './start-program.ts';

interface Settings {
  readonly users: number;
  readonly seconds: number;
  readonly accounts: number;
}

export async function benchService(args: readonly string[]): Promise<void> {
  const settings = readSettings(args);
  const folder = makeFolder();
  const children: ChildProcess[] = [];
  try {
    const sandbox = await startProgram(['sandbox', '--accounts', String(settings.accounts)], /HubSpot .+/u);
    children.push(sandbox.child);
    writeFileSync(path.join(folder, 'tierline.yaml'), workspaceOf(sandbox.output));
    await runToEnd(['setup', '--connection', 'sf', '--workspace', folder]);
    await runToEnd(['setup', '--connection', 'hs', '--workspace', folder]);
    const service = await startProgram(
      ['serve', '--port', '0', '--workspace', folder],
      /#link=(?<token>[\w-]+)/u,
    );
    children.push(service.child);
    const url = /http:\/\/[\d.]+:\d+/u.exec(service.output)?.[0] ?? '';
    const token = /#link=(?<token>[\w-]+)/u.exec(service.output)?.groups?.['token'] ?? '';
    await measure(url, token, settings);
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
    removeCluster(path.join(folder, '.tierline'));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(url: string, token: string, { users, seconds, accounts }: Settings): Promise<void> {
  const session = await signIn(url, token);
  const started = await fetch(`${url}/api/runs`, {
    method: 'POST',
    headers: { ...session, 'content-type': 'application/json' },
    body: JSON.stringify({ full: true }),
  });
  const { run } = (await started.json()) as { run: string };
  console.log(`${users} users for ${seconds} s while run ${run} syncs ${accounts} accounts of each CRM …`);
  const answers = await askForAWhile({ url, headers: session, users, seconds, run });
  console.table(answers.rows);
  console.log(`${answers.count} answers, ${answers.failures} of them not as wanted${answers.firstFailure}`);
  const report = await waitForRun(url, session, run);
  console.log(JSON.stringify(report, null, 2));
}

async function signIn(url: string, token: string): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/api/session/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, email: 'bench@tierline.example' }),
  });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const cookie = answer.headers.getSetCookie().map((text) => text.split(';')[0]);
  return { cookie: cookie.join('; '), 'x-csrf-token': csrfToken };
}

async function waitForRun(url: string, headers: Record<string, string>, run: string): Promise<unknown> {
  for (;;) {
    const answer = await fetch(`${url}/api/runs/${run}`, { headers });
    const found = (await answer.json()) as {
      state?: string;
      status?: string;
      report?: { connections?: readonly object[]; durationMs?: number } | null;
    };
    const isOver = ['done', 'failed', 'cancelled'].includes(found.state ?? '');
    if (isOver) {
      const { report } = found;
      return { state: found.state, durationMs: report?.durationMs, connections: report?.connections };
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function readSettings(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      users: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '60' },
      accounts: { type: 'string', default: '10000' },
    },
  });
  return {
    users: Number(values.users),
    seconds: Number(values.seconds),
    accounts: Number(values.accounts),
  };
}

function makeFolder(): string {
  const parent = path.resolve('.tierline');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(path.join(parent, 'bench-'));
}

/** From what `sandbox` prints. */
function workspaceOf(output: string): string {
  const salesforce = /Salesforce\s+(?<url>\S+)\s+client id (?<id>\S+)\s+client secret (?<secret>\S+)/u.exec(
    output,
  )?.groups;
  const hubspot = /HubSpot\s+(?<url>\S+)\s+token (?<token>\S+)/u.exec(output)?.groups;
  return JSON.stringify({
    name: 'bench',
    connections: [
      {
        id: 'sf',
        crm: 'salesforce',
        auth: {
          flow: 'client-credentials',
          loginUrl: salesforce?.['url'],
          clientId: salesforce?.['id'],
          clientSecret: salesforce?.['secret'],
        },
      },
      {
        id: 'hs',
        crm: 'hubspot',
        baseUrl: hubspot?.['url'],
        auth: { flow: 'access-token', token: hubspot?.['token'] },
      },
    ],
  });
}

async function runToEnd(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`tierline ${args.join(' ')} ended with ${String(code)}`);
}
