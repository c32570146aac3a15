// A unified diff on a terminal: what goes is red, what comes is green.
import type { Terminal } from './terminal.ts';

export function printDiff(terminal: Terminal, diff: string): void {
  const { style } = terminal;
  for (const line of diff.trimEnd().split('\n')) {
    if (/^(?:---|\+\+\+) /u.test(line)) terminal.out(style.bold(line));
    else if (line.startsWith('-')) terminal.out(style.red(line));
    else if (line.startsWith('+')) terminal.out(style.green(line));
    else terminal.out(line);
  }
}
