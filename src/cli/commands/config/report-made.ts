// Says what became of a proposal: the same after `config push` and `config rollback`.
import type { Proposed } from '#pipeline/configuration/propose-version.ts';
import { EXIT } from '../../output/exit-code.ts';
import { printDiff } from '../../output/print-diff.ts';
import type { Terminal } from '../../output/terminal.ts';

/** @param made null: nothing differs @returns the exit code: a version that waits is held for approval */
export function reportMade(
  terminal: Terminal,
  schema: string,
  made: Extract<Proposed, { outcome: 'made' }> | null,
  { dryRun = false, json = false }: { readonly dryRun?: boolean; readonly json?: boolean },
): number {
  const waits = made !== null && made.status === 'proposed';
  if (json) {
    const { number = null, status = null, superseded = [], changes = [] } = made ?? {};
    terminal.json({ schema, dryRun, version: number, status, superseded, files: changes });
  } else if (made === null) terminal.note('Nothing differs from what is in force.');
  else {
    for (const { diff } of made.changes) printDiff(terminal, diff);
    terminal.note(dryRun ? wouldSay(waits) : didSay(made.number, waits));
    for (const number of made.superseded)
      terminal.note(`Version ${number} waited for approval and is superseded.`);
  }
  return waits && !dryRun ? EXIT.held : EXIT.done;
}

function wouldSay(waits: boolean): string {
  return waits
    ? 'Valid. It would wait until another person approves it; nothing was stored.'
    : 'Valid. It would be in force at once; nothing was stored.';
}

function didSay(number: number | null, waits: boolean): string {
  return waits
    ? `Version ${number} waits until another person runs \`tierline config approve ${number}\`.`
    : `Version ${number} is in force. See what it moves with \`tierline plan\` before the next sync.`;
}
