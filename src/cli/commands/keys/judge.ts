// `keys answer`, `keys merge`, `keys split`: a person's word on which records are one company. Kept for ever, with who and why.
import { Argument, type Command } from 'commander';
import { type JudgementOutcome, judgeRecords } from '#pipeline/keys/judge-records.ts';
import { judgeMerge, type Spoken } from '#pipeline/keys/merge-companies.ts';
import { ANSWERS, type Answer, judgeAnswer } from '#pipeline/keys/review-questions.ts';
import { judgeSplit } from '#pipeline/keys/split-company.ts';
import type { Session } from '#pipeline/session.ts';
import type { NewJudgement } from '#ports/judgements.ts';
import { EXIT } from '../../output/exit-code.ts';
import type { Terminal } from '../../output/terminal.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';

interface JudgeFlags {
  readonly workspace?: string;
  readonly reason?: string;
  readonly by?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function registerKeyJudgements(keys: Command, run: Run): void {
  withJudgeOptions(keys.command('answer'))
    .argument('<pair>', 'as `keys review` names it')
    .addArgument(new Argument('<answer>', 'what the first record is to the second').choices(ANSWERS))
    .description('answer a question of `keys review`')
    .action((pair: string, answer: Answer, flags: JudgeFlags) =>
      run((services) =>
        judge(services, flags, 'answer', async (session, spoken) => [
          await judgeAnswer(session, pair, answer, spoken),
        ]),
      ),
    );
  withJudgeOptions(keys.command('merge'))
    .argument('<a>', 'CRM id, company key, domain or exact name')
    .argument('<b>', 'the same of the other company')
    .description('say that two companies are one')
    .action((a: string, b: string, flags: JudgeFlags) =>
      run((services) =>
        judge(services, flags, 'merge', ({ store }, spoken) => judgeMerge(store, a, b, spoken)),
      ),
    );
  withJudgeOptions(keys.command('split'))
    .argument('<company>', 'company key, CRM id, domain or exact name')
    .argument('<ids...>', 'CRM ids of the accounts or contacts that are another company')
    .description('say that these records are another company than the rest')
    .action((company: string, ids: readonly string[], flags: JudgeFlags) =>
      run((services) =>
        judge(services, flags, 'split', ({ store }, spoken) => judgeSplit(store, company, ids, spoken)),
      ),
    );
}

function withJudgeOptions(command: Command): Command {
  return command
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--reason <text>', 'why, for whoever looks at it later')
    .option('--by <name>', 'who says so (default: the user of this machine)')
    .option('--dry-run', 'say what would become of the keys, change nothing')
    .option('--json', 'print one JSON document');
}

async function judge(
  services: Services,
  flags: JudgeFlags,
  verb: 'answer' | 'merge' | 'split',
  make: (session: Session, spoken: Spoken) => Promise<readonly NewJudgement[]>,
): CommandResult {
  const { environment } = services;
  const by = flags.by ?? environment.get('USER') ?? environment.get('LOGNAME') ?? 'command line';
  return services.withSession(flags.workspace, async (session) => {
    const judgements = await make(session, { by, reason: flags.reason ?? null });
    const outcome = await judgeRecords(session, judgements, { dryRun: flags.dryRun ?? false });
    if (flags.json === true) services.terminal.json({ schema: `tierline.keys.${verb}/1`, ...outcome });
    else print(services.terminal, outcome);
    return EXIT.done;
  });
}

function print(terminal: Terminal, { effect, judgements, changes, movedAccounts }: JudgementOutcome): void {
  const would = effect === 'dry_run' ? 'would be ' : '';
  for (const change of changes) {
    if (change.kind === 'merge') terminal.out(`${change.key} ${would}merged into ${change.into}`);
    else if (change.kind === 'split')
      terminal.out(`${effect === 'dry_run' ? 'a new key' : change.key} ${would}split from ${change.from}`);
  }
  if (effect === 'next_sync') {
    terminal.note('Stored. Other changes wait to be keyed too: the next `tierline sync` takes it in.');
  } else if (effect === 'now') {
    terminal.note(
      `${judgements.length} stored, ${movedAccounts} accounts moved. The next \`tierline sync\` tells the CRMs.`,
    );
  } else {
    terminal.note(`${judgements.length} would be stored, ${movedAccounts} accounts would move.`);
  }
}
