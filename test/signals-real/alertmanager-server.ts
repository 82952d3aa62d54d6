import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../bench/kit/free-port.ts';
import { type Server, scratch, startServer } from './run-tool.ts';

/** A real Alertmanager on loopback that tells a webhook of everything, at once and again every second. */
export async function startAlertmanager(webhook: { url: string; secret: string }): Promise<Server> {
  const { path, close } = await scratch();
  const receiver = {
    name: 'burndown',
    webhook_configs: [
      { url: webhook.url, send_resolved: true, http_config: { authorization: { credentials: webhook.secret } } },
    ],
  };
  const route = {
    receiver: 'burndown',
    group_by: ['alertname'],
    group_wait: '0s',
    group_interval: '1s',
    repeat_interval: '1s',
  };
  await writeFile(join(path, 'alertmanager.yml'), JSON.stringify({ route, receivers: [receiver] }));
  const port = await freePort();
  const server = await startServer(
    ['prometheus-alertmanager', 'alertmanager'],
    [
      `--config.file=${join(path, 'alertmanager.yml')}`,
      `--storage.path=${join(path, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    port,
  );
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await close();
    },
  };
}
