import { chromiumPath } from './browser.ts';

/** One line at the end of `npm test`: what it leaves out, and how to run it. */
export default function sayNotIncluded(): () => void {
  const how = chromiumPath
    ? 'npm run test:browser'
    : 'no Chromium here; install it (Debian: apt-get install -y chromium) or set CHROMIUM, then npm run test:browser';
  return () => void process.stdout.write(`\nBrowser tests are not part of this run: ${how}\n`);
}
