import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '../..');
const common = {
  globalSetup: ['test/support/global-setup.ts'],
  pool: 'forks' as const,
  testTimeout: 600_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    projects: [
      {
        root,
        // The load has the machine to itself: it says how long people wait.
        test: { ...common, name: 'load', include: ['test/faults/load.test.ts'], sequence: { groupOrder: 0 } },
      },
      {
        root,
        test: {
          ...common,
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          exclude: ['test/faults/load.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
