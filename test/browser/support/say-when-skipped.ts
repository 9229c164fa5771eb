import { chromiumPath } from './browser.ts';

/** A suite that did not run must not look like one that passed. */
export default function sayWhenSkipped(): void {
  if (chromiumPath) return;
  process.stdout.write(
    '\nBrowser tests skipped: no Chromium here. Install it (Debian: apt-get install -y chromium) or set CHROMIUM, then run: npm run test:browser\n\n',
  );
}
