// `npm run bench -- NAME [options]`: runs one benchmark; without a name, says which there are.
import { benchKeys } from './keys/main.ts';

const benches: Readonly<Record<string, (args: readonly string[]) => void>> = { keys: benchKeys };

const [name, ...args] = process.argv.slice(2);
const bench = name === undefined ? undefined : benches[name];
if (bench === undefined) {
  console.error(`Which benchmark? ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
} else bench(args);
