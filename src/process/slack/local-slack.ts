import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SANDBOX = fileURLToPath(new URL('../../../sandbox/main.ts', import.meta.url));
const MANIFEST = fileURLToPath(new URL('../../../manifest.yml', import.meta.url));

const ready = z.object({
  apiUrl: z.url(),
  botToken: z.string(),
  appToken: z.string(),
  pageUrl: z.url(),
  clockUrl: z.url(),
});

export type LocalSlack = z.infer<typeof ready> & { stop: () => Promise<void> };

/**
 * Starts a local Slack as a process of its own and waits until it takes calls. It is reached over the network like the
 * real one, and it ends with this process.
 */
export async function startLocalSlack(options: { directory: string; port: number }): Promise<LocalSlack> {
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const state = join(options.directory, 'sandbox.json');
  const child = spawn(
    process.execPath,
    [SANDBOX, '--child', '--socket', '--manifest', MANIFEST, '--port', String(options.port), '--state', state],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const firstLine = new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`The local Slack ended with ${code}.\n${complaints.join('').slice(-2000)}`));
    });
  });
  const told = ready.parse(JSON.parse(await firstLine));
  return {
    ...told,
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
