// Where a command writes: data on standard output, everything else on standard error; one progress line on a terminal.
import type { Progress } from '#ports/progress.ts';

export interface Terminal {
  /** A line of data. */
  out(line: string): void;
  /** A line for people. */
  note(line: string): void;
  json(document: unknown): void;
  readonly progress: Progress;
  readonly style: Style;
  readonly width: number;
}

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

export interface TerminalStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly noColor: boolean;
}

const REDRAW_EVERY_MS = 100;
const PLAIN_WIDTH = 120;

export function createTerminal({ stdout, stderr, noColor }: TerminalStreams): Terminal {
  let drawn = false;
  let lastDrawn = 0;
  const clear = () => {
    if (drawn) stderr.write('\r\u001B[K');
    drawn = false;
  };
  return {
    out(line) {
      clear();
      stdout.write(`${withoutCommands(line)}\n`);
    },
    note(line) {
      clear();
      stderr.write(`${withoutCommands(line)}\n`);
    },
    json(document) {
      clear();
      stdout.write(`${JSON.stringify(document, null, stdout.isTTY ? 2 : undefined)}\n`);
    },
    progress: {
      report(step, done, total) {
        if (!stderr.isTTY) return;
        const now = performance.now();
        if (now - lastDrawn < REDRAW_EVERY_MS && done !== total) return;
        lastDrawn = now;
        drawn = true;
        const share = total === null ? '' : ` of ${total.toLocaleString('en')}`;
        stderr.write(
          `\r\u001B[K${step} ${done.toLocaleString('en')}${share}`.slice(0, stderr.columns ?? PLAIN_WIDTH),
        );
      },
    },
    style: createStyle(stdout.isTTY && !noColor),
    width: stdout.columns ?? PLAIN_WIDTH,
  };
}

/**
 * A name in a CRM is anybody's text: what would move the cursor, rename the window or paste into the shell is shown as �.
 * Colours are left: they are our own, and harmless if they are not.
 */
function withoutCommands(line: string): string {
  return line.replaceAll(COMMANDS, (found) => (COLOUR.test(found) ? found : '\uFFFD'));
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const COMMANDS = /\u001B\[\d{1,2}m|[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/gu;
// oxlint-disable-next-line no-control-regex -- as above
const COLOUR = /^\u001B\[/u;

function createStyle(colours: boolean): Style {
  const paint = (open: number, close: number) => (text: string) =>
    colours ? `\u001B[${open}m${text}\u001B[${close}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
  };
}
