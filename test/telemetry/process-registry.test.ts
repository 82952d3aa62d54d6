import { expect, it } from 'vitest';
import { processRegistry } from '../../src/telemetry/process-registry.ts';

it('a process tells its memory, its processor time and the lag of its event loop', async () => {
  const told = await processRegistry().metrics();
  for (const name of ['process_resident_memory_bytes', 'process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds'])
    expect(told).toMatch(new RegExp(`^${name} [\\d.e-]+$`, 'm'));
});
