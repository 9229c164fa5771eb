import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export type Asset = { type: string; body: Buffer; gzipped: Buffer };
export type Site = Map<string, Asset>;

const web = fileURLToPath(new URL('../web/', import.meta.url));

/**
 * The page, built in memory: it takes less than a second and happens while the database opens, so there is
 * nothing to keep, nothing to go stale, and no build command. Loaded here only, so that production never sees it.
 */
export async function buildSite(): Promise<Site> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [`${web}main.tsx`],
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
  const site: Site = new Map();
  for (const file of outputFiles) {
    const name = file.path.slice(web.length - 1);
    site.set(name, assetOf(name.endsWith('.css') ? 'text/css' : 'text/javascript', Buffer.from(file.contents)));
  }
  site.set('/', assetOf('text/html', readFileSync(`${web}index.html`)));
  site.set('/icon.svg', assetOf('image/svg+xml', readFileSync(`${web}icon.svg`)));
  return site;
}

export const assetOf = (type: string, body: Buffer): Asset => ({
  type: `${type}; charset=utf-8`,
  body,
  gzipped: gzipSync(body, { level: 4 }),
});
