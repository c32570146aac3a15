// `npm run bench -- NAME [options]`: runs one benchmark; without a name, says which there are.
import { benchKeys } from './keys/main.ts';
import { benchService } from './service/main.ts';
import { benchTiers } from './tiers/main.ts';

const benches: Readonly<Record<string, (args: readonly string[]) => void | Promise<void>>> = {
  keys: benchKeys,
  service: benchService,
  tiers: benchTiers,
};

const [name, ...args] = process.argv.slice(2);
const bench = name === undefined ? undefined : benches[name];
if (bench === undefined) {
  console.error(`Which benchmark? ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
} else await bench(args);
