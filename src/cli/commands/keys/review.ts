// `keys review`: what the matcher could not decide, the most worth a look first, and how right it was where people answered.
import type { Command } from 'commander';
import { describeReview } from '#pipeline/keys/describe-review.ts';
import { isJoin, type KeyReview, reviewQuestions } from '#pipeline/keys/review-questions.ts';
import { EXIT } from '../../output/exit-code.ts';
import { formatTable } from '../../output/table.ts';
import type { Terminal } from '../../output/terminal.ts';
import { parseCount } from '../../parse-count.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';

interface ReviewFlags {
  readonly workspace?: string;
  readonly limit: number;
  readonly json?: boolean;
}

export function registerKeyReview(keys: Command, run: Run): void {
  keys
    .command('review')
    .description('list the pairs that the matcher could not decide, the most worth a look first')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--limit <n>', 'how many pairs', parseCount, 20)
    .option('--json', 'print one JSON document')
    .action((flags: ReviewFlags) => run((services) => review(services, flags)));
}

async function review(services: Services, flags: ReviewFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const found = await reviewQuestions(session, flags.limit);
    if (flags.json === true) services.terminal.json(describeReview(found));
    else print(services.terminal, found, session.settings.currency);
    return EXIT.done;
  });
}

function print(terminal: Terminal, { open, questions, answers }: KeyReview, currency: string): void {
  if (open === 0) terminal.note('Nothing waits for an answer.');
  for (const { question, chanceOfError } of questions) {
    const { pair, a, b, reason, contacts, openPipeline } = question;
    const stakes = `${contacts} contacts, ${Math.round(openPipeline).toLocaleString('en')} ${currency} open`;
    const chance = `${Math.round(chanceOfError * 100)}% likely wrong`;
    const standing = isJoin(reason) ? 'together' : 'apart';
    terminal.out(`${terminal.style.bold(pair)}  ${standing}: ${reason}, ${chance}; ${stakes}`);
    for (const side of [a, b]) {
      const known = [side.name, side.domain, side.country].filter((part) => part !== null).join(', ');
      const evidence = side.evidence.length === 0 ? '' : `  (${side.evidence.join(', ')})`;
      terminal.out(`  ${side.connection} ${side.id}  ${known}  ${side.key ?? 'no key'}${evidence}`);
    }
  }
  if (questions.length < open) terminal.note(`… and ${open - questions.length} more (--limit)`);
  if (questions.length > 0)
    terminal.note('Answer with `tierline keys answer PAIR same|different|parent-of|child-of|unsure`.');
  if (answers.length === 0) return;
  const columns = [
    { title: 'asked because' },
    ...['same', 'different', 'unsure', 'was right'].map((title) => ({ title, align: 'right' as const })),
  ];
  const rows = answers.map(({ asked, same, different, unsure }) => {
    const right = isJoin(asked) ? same : different;
    const share = same + different === 0 ? '' : `${Math.round((100 * right) / (same + different))}%`;
    return [asked, String(same), String(different), String(unsure), share];
  });
  for (const line of formatTable(columns, rows)) terminal.out(line);
}
