import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export type Asset = { type: string; body: Buffer; gzipped: Buffer };
export type Site = Map<string, Asset>;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const web = fileURLToPath(new URL('../web/', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'crisis-war-room');

type Built = Record<string, string>;

/** The page: built when its sources or its libraries have changed since the last start, read from a file otherwise. */
export async function buildSite(): Promise<Site> {
  const file = join(cache, `page-${fingerprint()}.json`);
  const built = kept(file) ?? (await build(file));
  const site: Site = new Map();
  for (const [name, text] of Object.entries(built)) site.set(name, assetOf(typeOf(name), Buffer.from(text)));
  return site;
}

function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const name of readdirSync(web, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (/\.(tsx?|css|html|svg)$/.test(name)) hash.update(name).update(readFileSync(join(web, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

function kept(file: string): Built | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Built;
  } catch {
    return undefined;
  }
}

/** The bundler is loaded here only: neither production nor a second start ever sees it. */
async function build(file: string): Promise<Built> {
  const { build: bundle } = await import('esbuild');
  const { outputFiles } = await bundle({
    entryPoints: [join(web, 'main.tsx')],
    outdir: web,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  });
  const built: Built = Object.fromEntries(outputFiles.map(({ path, text }) => [`/${path.slice(web.length)}`, text]));
  built['/'] = readFileSync(join(web, 'index.html'), 'utf8');
  built['/icon.svg'] = readFileSync(join(web, 'icon.svg'), 'utf8');
  keep(file, built);
  return built;
}

/** A folder that cannot be written costs the next start a build, nothing else. */
function keep(file: string, built: Built): void {
  try {
    mkdirSync(cache, { recursive: true });
    for (const old of readdirSync(cache)) if (old.startsWith('page-')) rmSync(join(cache, old), { force: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(built));
    renameSync(`${file}.${process.pid}`, file);
  } catch {}
}

const TYPES: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
const typeOf = (name: string): string => TYPES[name.split('.').at(-1) ?? ''] ?? 'text/html';

export const assetOf = (type: string, body: Buffer): Asset => ({
  type: `${type}; charset=utf-8`,
  body,
  gzipped: gzipSync(body, { level: 1 }),
});
