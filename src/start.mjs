import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/*
 * `npm start`: makes JavaScript of the sources in a few pieces, and starts that. Translating them file by file while they
 * load takes longer than opening the database.
 */

/** A file finds its neighbours by its own address, whichever piece it became part of. */
const ownAddress = {
  name: 'own-address',
  /** @param {import('esbuild').PluginBuild} sources */
  setup(sources) {
    sources.onLoad({ filter: /[\\/](?:src|db|manifests)[\\/].*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'crisis-war-room');
const { outputFiles } = await build({
  entryPoints: [join(root, 'src', 'main.ts')],
  outdir: cache,
  bundle: true,
  splitting: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  plugins: [ownAddress],
  logLevel: 'error',
});

try {
  await import(pathToFileURL(join(kept(outputFiles), 'main.js')).href);
} catch (error) {
  // Installed where nothing may be written: slower, and all the same.
  if (!['EACCES', 'EROFS', 'EPERM'].includes(/** @type {{ code?: string }} */ (error).code ?? '')) throw error;
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
}

/**
 * The folder that holds these pieces; its name is their fingerprint.
 * @param {import('esbuild').OutputFile[]} files
 */
function kept(files) {
  const fingerprint = createHash('sha256');
  for (const file of files) fingerprint.update(file.hash);
  const folder = join(cache, `start-${fingerprint.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  // Another process may be starting as well: the folder appears whole or not at all.
  const mine = `${folder}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  for (const file of files) writeFileSync(join(mine, basename(file.path)), file.contents);
  try {
    renameSync(mine, folder);
  } catch {
    rmSync(mine, { recursive: true, force: true });
  }
  return folder;
}
