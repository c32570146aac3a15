import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const project = (name: string, include: readonly string[], timeoutMs: number) => ({
  test: {
    name,
    include: [...include],
    env: { TZ: 'UTC' },
    testTimeout: timeoutMs,
    hookTimeout: 60_000,
    pool: 'forks' as const,
  },
});

export default defineConfig({
  test: {
    // Most of a test's time is waiting for a database or a socket: three share two cores well.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      project(
        'unit',
        ['test/{domain,mapping,config,people,pipeline,cli,architecture,errors,sandbox}/**/*.test.ts'],
        20_000,
      ),
      project('parts', ['test/{hostile,store,jobs,http,connectors,contract}/**/*.test.ts'], 60_000),
      project('whole', ['test/{flow,faults}/**/*.test.ts'], 180_000),
    ],
  },
});
