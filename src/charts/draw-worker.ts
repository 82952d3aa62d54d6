import { parentPort, workerData } from 'node:worker_threads';
import type { Chart } from '../domain/digest/charts.ts';
import { chartSpec } from './chart-spec.ts';
import { renderPng } from './render-png.ts';

/** Draws one chart, says its picture, and ends. */
const png = await renderPng(chartSpec(workerData as Chart));
const bytes = Uint8Array.from(png);
parentPort?.postMessage(bytes, [bytes.buffer]);
