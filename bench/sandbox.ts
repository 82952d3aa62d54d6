import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { packedBrowser } from '../sandbox/test/support/packed-browser.ts';
import { quantile } from './kit/measures.ts';

const POSTS = 10_000;
const AT_ONCE = 16;
const SCROLL_MS = 5_000;
const STARTS = 5;
/** Never the bottleneck of a load test, and there at once: what the measurement fails beyond. */
const FEWEST_A_SECOND = 1_000;
const LONGEST_START_MS = 2_000;

const manifest = {
  display_information: { name: 'Bench' },
  features: { bot_user: { display_name: 'bench' } },
  oauth_config: { scopes: { bot: ['chat:write', 'chat:write.public'] } },
};

type Ready = { apiUrl: string; botToken: string; pageUrl: string };

/** A sandbox as `npm run sandbox` starts it, in a process of its own. */
async function startProcess(folder: string) {
  const child = spawn(
    process.execPath,
    ['sandbox/main.ts', '--manifest', join(folder, 'manifest.json'), '--state', join(folder, 'state.json'), '--child'],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  const stop = () => {
    child.stdin.end();
    return ended;
  };
  return { ...(JSON.parse(line) as Ready), stop };
}

/** The page is built while the Web API is already there. */
async function pageIsThere({ pageUrl }: Ready): Promise<void> {
  while (!(await fetch(pageUrl)).ok);
}

/** Posts one after the other on each of several connections. Resolves with messages per second. */
async function postMany({ apiUrl, botToken }: Ready): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const headers = { authorization: `Bearer ${botToken}`, 'content-type': 'application/json; charset=utf-8' };
  let next = 0;
  const post = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const sent = request(`${apiUrl}chat.postMessage`, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(text))));
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ channel: 'CRANDOM00', text }));
    });
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < POSTS) {
        next += 1;
        await post(`message ${next}`);
      }
    }),
  );
  agent.destroy();
  return (POSTS / (performance.now() - startedAt)) * 1000;
}

const { executablePath, args, libraries } = packedBrowser();
const env = libraries ? { LD_LIBRARY_PATH: libraries } : {};
const launch = () => chromium.launch({ executablePath, args, headless: true, env });

/** From starting the process to a page in which one can type, on a workspace that exists; the browser is running. */
async function firstPage(folder: string): Promise<number> {
  const browser = await launch();
  const page = await browser.newPage();
  const startedAt = performance.now();
  const sandbox = await startProcess(folder);
  await pageIsThere(sandbox);
  await page.goto(`${sandbox.pageUrl}#/CRANDOM00`);
  await page.getByText(`message ${POSTS}`, { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Message #random' }).waitFor();
  const took = performance.now() - startedAt;
  await browser.close();
  await sandbox.stop();
  return took;
}

/** Milliseconds between the frames while the channel is scrolled up without a pause. */
async function scrollFrames(folder: string): Promise<{ frames: number[]; reached: string }> {
  const sandbox = await startProcess(folder);
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
  await pageIsThere(sandbox);
  await page.goto(`${sandbox.pageUrl}#/CRANDOM00`);
  await page.getByText(`message ${POSTS}`, { exact: true }).waitFor();
  const measured = await page.getByRole('log', { name: 'Messages' }).evaluate(async (box, forMs) => {
    const frames: number[] = [];
    const end = performance.now() + forMs;
    let before = performance.now();
    while (before < end) {
      box.scrollTop -= 120;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      frames.push(now - before);
      before = now;
    }
    return { frames, reached: box.querySelector('article .text')?.textContent ?? '' };
  }, SCROLL_MS);
  await browser.close();
  await sandbox.stop();
  return measured;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/** How fast the local Slack is: posting, starting, scrolling. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-bench-'));
  try {
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    const first = await startProcess(folder);
    const rate = await postMany(first);
    await first.stop();
    say(`chat.postMessage: ${Math.round(rate)} a second (${POSTS}, ${AT_ONCE} at once, client on the same machine)`);
    const starts: number[] = [];
    for (let count = 0; count < STARTS; count += 1) starts.push(await firstPage(folder));
    say(
      `start to usable page, ${POSTS} messages: median ${Math.round(quantile(starts, 0.5))} ms, slowest ${Math.round(Math.max(...starts))} ms of ${STARTS}`,
    );
    if (rate < FEWEST_A_SECOND || quantile(starts, 0.5) > LONGEST_START_MS) process.exitCode = 1;
    const { frames, reached } = await scrollFrames(folder);
    const share = (limit: number) => ((frames.filter((ms) => ms > limit).length / frames.length) * 100).toFixed(1);
    say(
      `scrolling up to ${reached}: ${frames.length} frames, median ${quantile(frames, 0.5).toFixed(1)} ms, p95 ${quantile(frames, 0.95).toFixed(1)} ms, longest ${Math.max(...frames).toFixed(0)} ms, ${share(33.4)} % over two frames of 60 Hz`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
