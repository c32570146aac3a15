// `icp derive`, `icp accept` and `icp show`: the profile learnt from customers, put in force by a person, and looked at.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { loadWorkspace, workspaceFolder } from '#config/load-workspace.ts';
import { UsageError } from '#errors/errors.ts';
import { type Acceptance, prepareAcceptance } from '#mapping/icp/accept-proposal.ts';
import { ICP_FILE } from '#mapping/icp/load-icp.ts';
import { writeProposal } from '#mapping/icp/write-proposal.ts';
import { adjustLearning, type LearningWishes } from '#pipeline/icp/adjust-learning.ts';
import { deriveIcp } from '#pipeline/icp/derive-icp.ts';
import { describeDerivation } from '#pipeline/icp/describe-derivation.ts';
import { showIcp } from '#pipeline/icp/show-icp.ts';
import { EXIT } from '../output/exit-code.ts';
import { printChanges, printIcp } from '../output/print-icp.ts';
import { printIcpCard } from '../output/print-icp-card.ts';
import { parseCount } from '../parse-count.ts';
import { parseMoment } from '../parse-moment.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface DeriveFlags extends LearningWishes {
  readonly workspace?: string;
  readonly output?: string;
  readonly asOf?: string;
  readonly json?: boolean;
}

interface AcceptFlags {
  readonly workspace?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

interface ShowFlags {
  readonly workspace?: string;
  readonly asOf?: string;
  readonly json?: boolean;
}

const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];

export function registerIcp(program: Command, run: Run): void {
  const icp = program.command('icp').description('the ideal customer profile');
  icp
    .command('derive')
    .description(
      'learn the profile from the customers in the store; writes a proposal, never the profile itself',
    )
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--output <file>', 'write the proposal there, in the format of mappings/icp.yaml')
    .option('--confirm <field>', 'this field is not filled only after they buy (may be repeated)', collect)
    .option('--ignore <field>', 'leave this field out (may be repeated)', collect)
    .option('--min-learn <n>', 'best customers from which a profile is learnt', parseCount)
    .option('--min-suggest <n>', 'best customers from which there is a suggestion', parseCount)
    .option('--min-companies <n>', 'companies that have to share a value for it to be tested', parseCount)
    .option('--as-of <moment>', 'as if it were this moment (ISO 8601)', parseMoment)
    .option('--json', 'print one JSON document')
    .action((flags: DeriveFlags) => run((services) => derive(services, flags)));
  icp
    .command('accept <file>')
    .description('put a proposed profile in force; shows what changes and keeps the one before')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--dry-run', 'show what would change, write nothing')
    .option('--json', 'print one JSON document')
    .action((file: string, flags: AcceptFlags) => run((services) => accept(services, file, flags)));
  icp
    .command('show')
    .description('the profile in force, and how many companies match each criterion')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--as-of <moment>', 'as if it were this moment (ISO 8601)', parseMoment)
    .option('--json', 'print one JSON document')
    .action((flags: ShowFlags) => run((services) => show(services, flags)));
}

async function derive(services: Services, flags: DeriveFlags): CommandResult {
  const { terminal } = services;
  const output = flags.output === undefined ? null : path.resolve(flags.output);
  refuseLiveFile(services, output, flags);
  return services.withSession(flags.workspace, async (session) => {
    const derived = await deriveIcp(session, {
      asOf: flags.asOf ?? services.now().toISOString(),
      learning: adjustLearning(session.rules.policy.learning, flags),
    });
    const { proposal } = derived;
    const text = proposal === null ? null : writeProposal({ ...derived, proposal });
    if (output !== null && text !== null) write(output, text);
    if (flags.json === true) terminal.json(describeDerivation(derived, text));
    else printIcpCard(terminal, derived);
    if (text !== null) {
      terminal.note(
        output === null
          ? 'Nothing was written. Add --output FILE for a proposal that you can edit and accept.'
          : `Wrote the proposal to ${output}. Read it, see what it moves with \`tierline tiers simulate --icp ${flags.output}\`, then: tierline icp accept ${flags.output}`,
      );
    } else if (output !== null) terminal.note(`There is no proposal, so ${output} was not written.`);
    return EXIT.done;
  });
}

/** Only `icp accept` writes the profile in force. */
function refuseLiveFile(services: Services, output: string | null, flags: DeriveFlags): void {
  const folder = mappingsFolderOf(services, flags.workspace);
  if (output === null || folder === null || output !== path.join(folder, ICP_FILE)) return;
  throw new UsageError(`${flags.output} is the profile in force`, {
    next: 'Write the proposal to another file, read it, and put it in force with `tierline icp accept FILE`.',
  });
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written`, {
      cause,
      next: 'Name a file in a folder that is there.',
    });
  }
}

async function accept(services: Services, file: string, flags: AcceptFlags): CommandResult {
  const acceptance = await services.withSession(flags.workspace, async ({ rules, configuration }) =>
    prepareAcceptance({
      file: path.resolve(file),
      folder: mappingsFolderOf(services, flags.workspace),
      inForce: rules.icp,
      version: configuration.inForce.files.find(isHeldProfile)?.version ?? null,
      policy: rules.policy.fit,
      day: services.now().toISOString().slice(0, 10),
    }),
  );
  const dryRun = flags.dryRun === true;
  if (!dryRun) acceptance.apply();
  return printAcceptance(services, acceptance, flags);
}

/** A version that took the file out leaves it to the folder. */
function isHeldProfile(file: { readonly path: string; readonly content: string | null }): boolean {
  return file.path === ICP_FILE && file.content !== null;
}

function printAcceptance({ terminal }: Services, acceptance: Acceptance, flags: AcceptFlags): number {
  const { changes, keptAs, icp } = acceptance;
  const dryRun = flags.dryRun === true;
  if (flags.json === true) {
    terminal.json({
      schema: 'tierline.icp.accept/1',
      file: acceptance.file,
      keptAs,
      dryRun,
      assumed: icp.assumed,
      changes,
    });
    return EXIT.done;
  }
  terminal.out(terminal.style.bold(dryRun ? 'Would change (old → new)' : 'Changed (old → new)'));
  printChanges(terminal, changes);
  if (dryRun) terminal.note(`Nothing was written. ${acceptance.file} stays as it is.`);
  else {
    terminal.note(`In force: ${acceptance.file}${keptAs === null ? '' : `; the one before: ${keptAs}`}.`);
    terminal.note('See what it moves with `tierline plan` before the next sync.');
  }
  return EXIT.done;
}

async function show(services: Services, flags: ShowFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const shown = await showIcp(session, flags.asOf ?? services.now().toISOString());
    if (flags.json === true) services.terminal.json({ schema: 'tierline.icp.show/1', ...shown });
    else printIcp(services.terminal, shown);
    return EXIT.done;
  });
}

function mappingsFolderOf({ environment }: Services, workspace: string | undefined): string | null {
  return loadWorkspace(workspaceFolder(workspace, environment), environment).mappingsFolder;
}
