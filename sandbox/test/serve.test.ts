import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { manualClock } from '../clock/clock.ts';
import { createEngine } from '../engine/start-engine.ts';
import { createSandboxServer } from '../serve.ts';
import { manifest, START } from './support/running-app.ts';

test('a connection that says nothing, or only half a request, is closed', async () => {
  const engine = createEngine({ manifest, delivery: { kind: 'socket' }, clock: manualClock(START) });
  const limits = { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10 };
  const server = createSandboxServer(engine, new Set(), limits);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const heard: string[] = [];
  for (const said of ['', 'GET /clock HTTP/1.1\r\nhost: 127.0.0.1\r\n']) {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text) => {
      answer += text;
    });
    socket.write(said);
    await new Promise((resolve) => socket.once('close', resolve));
    heard.push(answer);
  }
  await new Promise((resolve) => server.close(resolve));
  expect(heard[1]).toContain(' 408 ');
  expect(heard).not.toContain(' 200 ');
});
