import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../bench/kit/free-port.ts';
import { runTool, type Server, scratch, startServer } from './run-tool.ts';

export type PrometheusServer = Server & {
  /** The one value that Prometheus answers, asked without any of our code; NaN where it is NaN. */
  ask: (promql: string, at: Date) => Promise<number>;
};

/**
 * A real Prometheus on loopback.
 *
 * @param history OpenMetrics text to begin with
 * @param config what else stands in its configuration, as JSON, which is YAML too
 * @param rules a file of rules
 */
export async function startPrometheus(options: {
  history?: string;
  config?: object;
  rules?: object;
}): Promise<PrometheusServer> {
  const { path, close } = await scratch();
  const data = join(path, 'data');
  if (options.history) {
    await writeFile(join(path, 'history.om'), options.history);
    const create = ['tsdb', 'create-blocks-from', '--max-block-duration=168h', 'openmetrics', '-q'];
    await runTool('promtool', [...create, join(path, 'history.om'), data]);
  }
  await writeFile(join(path, 'rules.yml'), JSON.stringify(options.rules ?? { groups: [] }));
  await writeFile(
    join(path, 'prometheus.yml'),
    JSON.stringify({ rule_files: [join(path, 'rules.yml')], ...options.config }),
  );
  const port = await freePort();
  const server = await startServer(
    ['prometheus'],
    [
      `--config.file=${join(path, 'prometheus.yml')}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=50y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    port,
  );
  return {
    ...server,
    ask: (promql, at) => ask(server.origin, promql, at),
    stop: async () => {
      await server.stop();
      await close();
    },
  };
}

async function ask(origin: string, promql: string, at: Date): Promise<number> {
  const parameters = new URLSearchParams({ query: promql, time: String(at.getTime() / 1000) });
  const response = await fetch(`${origin}/api/v1/query?${parameters}`);
  const body = (await response.json()) as { error?: string; data?: { result: { value: [number, string] }[] } };
  const [only, ...others] = body.data?.result ?? [];
  if (!only || others.length > 0)
    throw new Error(body.error ?? `${promql} gives ${others.length} more than one value.`);
  return Number(only.value[1]);
}
