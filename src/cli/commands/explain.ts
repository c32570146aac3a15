// `explain ACCOUNT`: everything behind one account's tier.
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import { findAccountKey } from '#pipeline/find-account-keys.ts';
import { showCompany } from '#pipeline/keys/show-company.ts';
import type { Session } from '#pipeline/session.ts';
import { explainMovesUp } from '#pipeline/what-if/explain-moves-up.ts';
import { EXIT } from '../output/exit-code.ts';
import { printMembers } from '../output/print-company.ts';
import { type Explanation, printExplanation } from '../output/print-explanation.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface ExplainFlags {
  readonly workspace?: string;
  readonly json?: boolean;
}

export function registerExplain(program: Command, run: Run): void {
  program
    .command('explain <account>')
    .description("every input behind an account's tier, the rule, and what would move it up")
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--json', 'print one JSON document')
    .action((account: string, flags: ExplainFlags) => run((services) => explain(services, account, flags)));
}

async function explain(services: Services, account: string, flags: ExplainFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const { store } = session;
    const key = await findAccountKey(store, account);
    const found = await store.plans.evaluation(key);
    if (found === null) {
      throw new UsageError(`"${account}" has not been tiered yet`, { next: 'Run `tierline sync` first.' });
    }
    const explanation = {
      ...(found.evaluation as unknown as Omit<Explanation, 'wouldMoveUp'>),
      wouldMoveUp: await explainMovesUp(session, key, found.evaluation),
    };
    const configuration = await tellPolicy(services, session, found.run);
    const company = await showCompany(store, key);
    if (flags.json === true) {
      services.terminal.json({
        schema: 'tierline.explain/1',
        run: found.run,
        configuration,
        ...explanation,
        company,
      });
    } else {
      printExplanation(services.terminal, explanation, found.run);
      services.terminal.out('');
      services.terminal.out(services.terminal.style.bold(`Company ${key}`));
      printMembers(services.terminal, company);
    }
    return EXIT.done;
  });
}

/**
 * What would move an account is said by the policy as it stands; its tier was said by the one of its run. Answers the versions
 * that the run went by.
 */
async function tellPolicy(
  { terminal }: Services,
  { store, rules }: Session,
  run: string,
): Promise<Readonly<Record<string, number>>> {
  const found = await store.runs.find(run);
  const configuration = found?.configuration ?? {};
  const version = configuration['policy.yaml'];
  if (version !== undefined)
    terminal.note(`Its policy was policy.yaml (version ${version} in the database).`);
  if (found !== null && found.policyHash !== rules.policyHash) {
    terminal.note(
      'The policy was edited since that run: what would move the account is said by the edited one.',
    );
  }
  return configuration;
}
