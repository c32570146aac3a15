// Puts a proposed profile in force: checks it, keeps the one before, and replaces the file in one step.
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compareIcps, type IcpChange } from '#domain/fit/compare-icps.ts';
import type { FitPolicy } from '#domain/fit/fit-policy.ts';
import type { Icp } from '#domain/fit/icp.ts';
import { ConfigError, UsageError } from '#errors/errors.ts';
import { ICP_FILE, parseIcp } from './load-icp.ts';

export interface Acceptance {
  readonly icp: Icp;
  readonly changes: readonly IcpChange[];
  /** The profile in force from now on. */
  readonly file: string;
  /** Where the one before is kept; null when the shipped one was in force, or this very file. */
  readonly keptAs: string | null;
  /** Carries it out; until then nothing is written. */
  apply(): void;
}

export interface AcceptanceParts {
  /** The proposal. */
  readonly file: string;
  /** The workspace's mappings folder. */
  readonly folder: string | null;
  readonly inForce: Icp;
  /** The version in the database that the profile in force comes from; null: from a file. */
  readonly version: number | null;
  readonly policy: FitPolicy;
  /** `YYYY-MM-DD`, for the name of what is kept. */
  readonly day: string;
}

export function prepareAcceptance(parts: AcceptanceParts): Acceptance {
  const { file, folder, inForce, version, policy, day } = parts;
  if (version !== null) {
    throw new ConfigError(
      `The profile in force is version ${version} in the database, beside which a file in the folder counts for nothing`,
      { next: 'Put the proposal into the folder as icp.yaml and hand it in with `tierline config push`.' },
    );
  }
  if (folder === null) {
    throw new ConfigError(
      'tierline.yaml names no folder of mappings, so a profile of your own has no place',
      {
        next: 'Make the folder `mappings` in the workspace, add `mappings: mappings/` to tierline.yaml, and run the command again.',
      },
    );
  }
  const live = path.join(folder, ICP_FILE);
  if (path.resolve(file) === live) {
    throw new UsageError(`${file} is the profile in force already`, {
      next: 'Name the proposal that `tierline icp derive --output FILE` wrote.',
    });
  }
  const text = readProposal(file);
  const icp = parseIcp(text, file);
  const before = existsSync(live) ? readFileSync(live, 'utf8') : null;
  const keptAs = before === null || before === text ? null : freeName(folder, day);
  return {
    icp,
    changes: compareIcps(inForce, icp, policy),
    file: live,
    keptAs,
    apply() {
      if (keptAs !== null) copyFileSync(live, keptAs);
      // A run that begins this moment finds the old file or the new one, never half of one.
      const arriving = `${live}.arriving`;
      writeFileSync(arriving, text);
      renameSync(arriving, live);
    },
  };
}

function readProposal(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`There is no readable file ${file}`, {
      cause,
      next: 'Write a proposal with `tierline icp derive --output FILE`.',
    });
  }
}

function freeName(folder: string, day: string): string {
  for (let number = 1; ; number += 1) {
    const name = path.join(folder, `icp-before-${day}${number === 1 ? '' : `-${number}`}.yaml`);
    if (!existsSync(name)) return name;
  }
}
