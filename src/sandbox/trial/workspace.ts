import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../server/index.ts';

type Options = Parameters<typeof startSandbox>[0];

/** The sandbox workspace, kept in the data folder beside the database: what was said is still there after a restart. */
export async function openWorkspace(folder: string, options: Options): Promise<Sandbox> {
  const file = join(folder, 'workspace.json');
  const sandbox = await startSandbox({ ...options, ...(existsSync(file) ? { snapshot: read(file) } : {}) });
  const keep = () => {
    // Renamed into place: a process killed while writing leaves the file of before.
    writeFileSync(`${file}.new`, JSON.stringify(sandbox.snapshot()), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  keep();
  let waiting: NodeJS.Timeout | undefined;
  const unsubscribe = sandbox.subscribe(() => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      keep();
    }, 250);
  });
  return {
    ...sandbox,
    stop: async () => {
      unsubscribe();
      clearTimeout(waiting);
      keep();
      await sandbox.stop();
    },
  };
}

function read(file: string): NonNullable<Options['snapshot']> {
  const state = JSON.parse(readFileSync(file, 'utf8')) as NonNullable<Options['snapshot']>;
  // Forms do not outlive the window they were open in.
  const open = new Set(Object.values(state.stacks).flat());
  return {
    ...state,
    stacks: {},
    views: Object.fromEntries(Object.entries(state.views).filter(([id]) => !open.has(id))),
  };
}
