import { parentPort, workerData } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import fonts from 'pdfmake/fonts/Roboto.js';

const files = new Set(Object.values(fonts.Roboto));
pdfmake.setFonts(fonts);
// A document holds what people typed: it may name neither an address nor a file.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((/** @type {string} */ path) => files.has(path));

const { footer, ...document } = workerData;
const bytes = await pdfmake
  .createPdf({
    ...document,
    footer: (/** @type {number} */ page, /** @type {number} */ pages) => ({
      text: footer.replace('{page}', String(page)).replace('{pages}', String(pages)),
      alignment: 'center',
      fontSize: 8,
      margin: [40, 12, 40, 0],
    }),
  })
  .getBuffer();
parentPort?.postMessage(bytes);
