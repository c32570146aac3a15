// The command line on a flow's workspace without a process of its own: what a person types, an order of magnitude sooner.
import { runCli } from '#cli/create-cli.ts';
import type { Services } from '#cli/services.ts';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import { loadRules } from '#pipeline/configuration/load-rules.ts';
import { AS_OF, type Flow } from '#test/flow/flow-fixture.ts';

const plain = (text: string) => text;

export async function runInProcess(
  flow: Flow,
  args: readonly string[],
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const out: string[] = [];
  const notes: string[] = [];
  const environment = readEnvironment({});
  const services = {
    terminal: {
      out: (line: string) => out.push(line),
      note: (line: string) => notes.push(line),
      json: (document: unknown) => out.push(JSON.stringify(document)),
      progress: { report() {} },
      style: { bold: plain, dim: plain, red: plain, green: plain, yellow: plain },
      width: 120,
    },
    environment,
    signal: new AbortController().signal,
    now: () => new Date(AS_OF),
    withSession: (_workspace, work) => flow.withSession(work),
    loadRules: () => loadRules(loadWorkspace(flow.folder, environment).mappingFiles),
  } satisfies Partial<Services>;
  const exitCode = await runCli(args, services as unknown as Services, '0.0.0');
  return { exitCode, stdout: out.join('\n'), stderr: notes.join('\n') };
}
