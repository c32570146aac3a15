// The command line without a process of its own: what a person types, an order of magnitude sooner.
import { runCli } from '#cli/create-cli.ts';
import type { Services } from '#cli/services.ts';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import { loadRules } from '#pipeline/configuration/load-rules.ts';
import { AS_OF, type Flow } from '#test/flow/flow-fixture.ts';

const plain = (text: string) => text;

export interface InProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** On a flow's workspace. */
export function runInProcess(flow: Flow, args: readonly string[]): Promise<InProcessResult> {
  return runWithServices(args, {
    withSession: (_workspace, work) => flow.withSession(work),
    loadRules: () => loadRules(loadWorkspace(flow.folder, readEnvironment({})).mappingFiles),
  });
}

/** A command that reaches for more than `given` fails. */
export async function runWithServices(
  args: readonly string[],
  given: Partial<Services>,
): Promise<InProcessResult> {
  const out: string[] = [];
  const notes: string[] = [];
  const services = {
    terminal: {
      out: (line: string) => out.push(line),
      note: (line: string) => notes.push(line),
      json: (document: unknown) => out.push(JSON.stringify(document)),
      progress: { report() {} },
      style: { bold: plain, dim: plain, red: plain, green: plain, yellow: plain },
      width: 120,
    },
    environment: readEnvironment({}),
    signal: new AbortController().signal,
    now: () => new Date(AS_OF),
    ...given,
  } satisfies Partial<Services>;
  const exitCode = await runCli(args, services as unknown as Services, '0.0.0');
  return { exitCode, stdout: out.join('\n'), stderr: notes.join('\n') };
}
