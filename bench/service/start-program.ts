// Starts a command of Tierline that stays up, and waits until it has said that it is ready.
import { type ChildProcess, spawn } from 'node:child_process';

export interface StartedProgram {
  readonly child: ChildProcess;
  /** What it printed until then. */
  readonly output: string;
}

export async function startProgram(args: readonly string[], ready: RegExp): Promise<StartedProgram> {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'src/main.ts', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'warn' },
  });
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      output += text;
      if (ready.test(output)) resolve({ child, output });
    });
    child.once('exit', (code) => reject(new Error(`tierline ${args.join(' ')} ended with ${String(code)}`)));
  });
}
