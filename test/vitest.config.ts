import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**', 'test/browser/**', 'test/bench/**'],
    globalSetup: ['test/support/global-setup.ts', 'test/browser/support/say-not-included.ts'],
    isolate: false,
    pool: 'forks',
    // Left to itself, vitest keeps one core for nobody. Tests wait for sockets nearly as much as they compute: one more than there are cores.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
