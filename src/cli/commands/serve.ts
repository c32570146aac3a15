// `serve`: the HTTP API of a workspace, until it is stopped.
import type { Command } from 'commander';
import { EXIT } from '../output/exit-code.ts';
import { parseCountOrNone } from '../parse-count.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface ServeFlags {
  readonly workspace?: string;
  readonly port: number;
  readonly host: string;
}

const PORT = 4400;
/** Nobody else reaches it before somebody decides so. */
const HOST = '127.0.0.1';

export function registerServe(program: Command, run: Run): void {
  program
    .command('serve')
    .description('serve the HTTP API and carry out runs, until Ctrl-C')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--port <port>', 'port to listen on; 0 for a free one', parseCountOrNone, PORT)
    .option('--host <host>', 'address to listen on; 0.0.0.0 for all of this machine', HOST)
    .action((flags: ServeFlags) => run((services) => serve(services, flags)));
}

async function serve(services: Services, { workspace, port, host }: ServeFlags): CommandResult {
  const { terminal } = services;
  await services.serve({ workspace, port, host }, ({ url, firstAdminLink }) => {
    terminal.out(`Tierline answers on ${url}`);
    if (firstAdminLink !== null) {
      terminal.out(`There is no user yet. The first admin opens, within an hour: ${firstAdminLink}`);
    }
    terminal.note('Ctrl-C ends it after the answers and the batch in hand.');
  });
  return EXIT.done;
}
