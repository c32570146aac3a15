// The one place that reads the process environment. Secrets may come as NAME or, from a file, as NAME_FILE.
import { readFileSync } from 'node:fs';
import { ConfigError } from '#errors/errors.ts';

export interface Environment {
  /** The value of NAME, or the content of the file that NAME_FILE names (without its last line break); null when unset. */
  get(name: string): string | null;
}

export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  return {
    get(name) {
      const value = variables[name];
      if (value !== undefined) return value;
      const file = variables[`${name}_FILE`];
      return file === undefined || file === '' ? null : readSecretFile(name, file);
    },
  };
}

function readSecretFile(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/u, '');
  } catch (cause) {
    throw new ConfigError(`${name}_FILE names ${file}, which cannot be read`, {
      cause,
      next: `Make the file readable, or set ${name} itself.`,
    });
  }
}
