import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/*
 * `npm start`: makes JavaScript of the sources in a few pieces when they have changed, and starts that. Translating them
 * file by file while they load takes longer than opening the database.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'crisis-war-room');
const folder = join(cache, `start-${fingerprint()}`);
try {
  if (!existsSync(folder)) await make(folder);
  // An image is built with the pieces in it.
  if (!process.argv.includes('--make')) await import(pathToFileURL(join(folder, 'main.js')).href);
} catch (error) {
  // Installed where nothing may be written: slower, and all the same.
  if (!['EACCES', 'EROFS', 'EPERM'].includes(/** @type {{ code?: string }} */ (error).code ?? '')) throw error;
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
}

/** Of every source by name, size and time of its last change, and of what is installed. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const part of ['src', 'db', 'manifests', 'package.json'])
    for (const file of part.includes('.') ? [part] : filesIn(part)) {
      const { size, mtimeMs } = statSync(join(root, file));
      hash.update(`${file} ${size} ${mtimeMs}\n`);
    }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} part */
function filesIn(part) {
  const names = readdirSync(join(root, part), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(ts|js|json)$/.test(name))
    .toSorted()
    .map((name) => join(part, name));
}

/** @param {string} target */
async function make(target) {
  const { build } = await import('esbuild');
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
    plugins: [
      {
        // A file finds its neighbours by its own address, whichever piece it became part of.
        name: 'own-address',
        setup(sources) {
          sources.onLoad({ filter: /[\\/](?:src|db|manifests)[\\/].*\.ts$/ }, ({ path }) => ({
            loader: 'ts',
            contents: readFileSync(path, 'utf8').replaceAll(
              'import.meta.url',
              JSON.stringify(pathToFileURL(path).href),
            ),
          }));
        },
      },
    ],
    logLevel: 'error',
  });
  // Another process may be starting as well: the folder appears whole or not at all.
  const mine = `${target}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  for (const file of outputFiles) writeFileSync(join(mine, basename(file.path)), file.contents);
  try {
    renameSync(mine, target);
  } catch {
    rmSync(mine, { recursive: true, force: true });
  }
}
