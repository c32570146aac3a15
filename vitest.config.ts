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
    projects: [
      project(
        'unit',
        ['test/{domain,mapping,config,pipeline,cli,architecture,errors,sandbox}/**/*.test.ts'],
        20_000,
      ),
      project('parts', ['test/{store,jobs,connectors,contract}/**/*.test.ts'], 60_000),
      project('whole', ['test/{flow,faults}/**/*.test.ts'], 180_000),
    ],
  },
});
