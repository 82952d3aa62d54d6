import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { portProblem } from '../../src/process/port-problem.ts';
import { startHealthServer } from '../../src/telemetry/health-server.ts';

it('a port that another program has is told by the name of its variable, and any other error as it is', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const started = startHealthServer([], { port, host: '127.0.0.1' }).catch(portProblem('METRICS_PORT'));
  await expect(started).rejects.toThrow(`METRICS_PORT: port ${port} is in use by another program.`);
  await expect(started).rejects.toBeInstanceOf(ConfigError);
  await new Promise((resolve) => other.close(resolve));
  const elsewhere = startHealthServer([], { port: 0, host: '192.0.2.1' }).catch(portProblem('METRICS_HOST'));
  await expect(elsewhere).rejects.toThrow('no address of this machine');
  expect(() => portProblem('PORT')(new TypeError('a bug'))).toThrow(TypeError);
});
