import { Gauge, type Registry } from 'prom-client';

export type GaugeSample = { labels?: Record<string, string>; value: number };

/**
 * A gauge that is read when it is asked for. One that cannot be read is left out, since what it was last is not what it
 * is now, and the others are still told.
 */
export function readGauge(
  registry: Registry,
  about: { name: string; help: string; labelNames?: readonly string[] },
  read: () => GaugeSample[] | Promise<GaugeSample[]>,
): void {
  const { labelNames = [], ...named } = about;
  const gauge = new Gauge({
    ...named,
    labelNames: [...labelNames],
    registers: [registry],
    async collect() {
      const samples = await Promise.resolve()
        .then(read)
        .catch(() => []);
      gauge.reset();
      // A gauge without labels is 0 after a reset, and that was not read.
      if (labelNames.length === 0) gauge.remove();
      for (const { labels = {}, value } of samples) gauge.set(labels, value);
    },
  });
}
