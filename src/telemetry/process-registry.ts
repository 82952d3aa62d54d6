import { collectDefaultMetrics, Registry } from 'prom-client';

// The event loop is looked at ten times a second: a hundred times would be most of what an idle minute costs.
const EVENT_LOOP_LOOK_MS = 100;

/** A registry with the figures of this process: memory, processor time, garbage collection, lag of the event loop. */
export function processRegistry(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register, eventLoopMonitoringPrecision: EVENT_LOOP_LOOK_MS });
  return register;
}
