import { Worker } from 'node:worker_threads';
import type { Executor } from '../../../db/client.ts';
import { Fault } from '../../core/errors.ts';
import type { Language } from '../../core/locale.ts';
import { MINUTE } from '../../core/time.ts';
import { fileName, type TimelineExport } from '../../timeline/export.ts';
import { wordingsIn } from '../store.ts';
import type { PdfDocument } from './document.ts';

/** The file that a person, or a judge, reads. */
export async function pdfFile(db: Executor, timeline: TimelineExport, language: Language, title: string) {
  // Loaded when something is printed, and not when the product starts.
  const [{ documentOf }, wordings] = await Promise.all([import('./document.ts'), wordingsIn(db, timeline.entries)]);
  const content = await printed(documentOf(timeline, wordings, language));
  return { kind: 'pdf', name: `${fileName(timeline, language)}.pdf`, title: `${title} (PDF)`, content };
}

/** Longer than any crisis takes: what lasts longer will not end. */
const longest = 5 * MINUTE;

/** In a thread of its own: thousands of entries take seconds, in which everybody else's presses would wait. */
function printed(document: PdfDocument): Promise<Buffer> {
  const worker = new Worker(new URL('./print-worker.mjs', import.meta.url), { workerData: document, execArgv: [] });
  // A product that stops does not wait for it.
  worker.unref();
  const late = setTimeout(() => void worker.terminate(), longest).unref();
  return new Promise<Buffer>((resolve, reject) => {
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Fault(`the printer ended with ${code}`)));
  }).finally(() => clearTimeout(late));
}
