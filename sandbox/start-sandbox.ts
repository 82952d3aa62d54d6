import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkManifest } from './check-manifest.ts';
import type { SandboxOptions } from './options.ts';
import type { Sandbox } from './sandbox.ts';
import { sandboxOver } from './sandbox-over.ts';
import { createSandboxServer } from './serve.ts';
import { createEngine } from './start-engine.ts';
import { openStateFile, type StateFile } from './state-file.ts';

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
