import { writeFileSync } from 'node:fs';
import { buildManifest } from './build.ts';

for (const transport of ['socket', 'http'] as const) {
  writeFileSync(
    new URL(`./${transport}.json`, import.meta.url),
    `${JSON.stringify(buildManifest(transport), null, 2)}\n`,
  );
}
