import { Worker } from 'node:worker_threads';
import type { Chart } from '../domain/digest/charts.ts';

const LONGEST_MS = 10_000;
/** More than what any chart takes; a chart that wants more ends instead of the bot. */
const MOST_MB = 256;

/**
 * The picture of a chart, as PNG. Drawn on a thread of its own, which loads what it draws with and ends: a digest is
 * drawn once a week, and no answer to Slack waits for it.
 */
export function drawChart(chart: Chart): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./draw-worker.ts', import.meta.url), {
      workerData: chart,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
    });
    const timer = setTimeout(() => {
      reject(new Error(`The chart was not drawn within ${LONGEST_MS} ms.`));
      void worker.terminate();
    }, LONGEST_MS);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The drawing ended with ${code}.`));
    });
  });
}
