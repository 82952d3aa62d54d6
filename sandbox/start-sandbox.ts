import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from './engine/sandbox.ts';
import { sandboxOver } from './engine/sandbox-over.ts';
import { createEngine } from './engine/start-engine.ts';
import type { SandboxOptions } from './options.ts';
import { checkManifest } from './seed/check-manifest.ts';
import { createSandboxServer } from './serve.ts';
import { openStateFile, type StateFile } from './state/state-file.ts';

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** A workspace on its own loopback server, with one app that it drives as Slack would. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  checkManifest(options.manifest);
  const engine = createEngine(options);
  const mounted = new Set<Parameters<Sandbox['mount']>[0]>();
  const server = createSandboxServer(engine, mounted);
  const host = options.host ?? '127.0.0.1';
  await listen(server, options.port ?? 0, host);
  const { port } = server.address() as AddressInfo;
  const shown = options.baseHost ?? host;
  engine.origin = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  engine.listensOn = host;
  let store: StateFile | undefined;
  try {
    if (options.stateFile !== undefined) store = openStateFile(engine, options.stateFile);
  } catch (error) {
    server.close();
    throw error;
  }
  return sandboxOver(engine, { server, mounted, store });
}
