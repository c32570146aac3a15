// A plan for people: a line a field, grouped by record.
import type { CanonicalValue } from '#domain/record/objects.ts';
import type { PlanLine } from '#pipeline/read-plan.ts';
import type { Terminal } from './terminal.ts';

export async function printPlan(
  terminal: Terminal,
  run: string,
  lines: AsyncIterable<PlanLine>,
): Promise<void> {
  const { style } = terminal;
  let record = '';
  let fields = 0;
  for await (const line of lines) {
    const heading = `${line.connection} ${line.object} ${line.recordId ?? '(new)'}  ${line.name ?? ''}`;
    if (heading !== record) {
      record = heading;
      terminal.out(style.bold(heading));
    }
    fields += 1;
    terminal.out(`  ${line.field}: ${shown(line.now)} → ${shown(line.after)}  ${style.dim(line.why)}`);
  }
  if (fields === 0) terminal.out('Nothing would change.');
  else terminal.note(`Saved as run ${run}; apply it with: tierline sync --approve ${run}`);
}

function shown(value: CanonicalValue): string {
  if (value === null) return '(empty)';
  return Array.isArray(value) ? value.join('; ') : String(value);
}
