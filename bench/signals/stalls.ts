import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long others waited for a thread, and what it worked meanwhile, in ms. */
export type Stalls = {
  /** The longest time for which no socket and no timer got a turn. */
  longest: number;
  /** The most processor time between two turns of a timer: as above, however busy the machine is. */
  longestCpu: number;
  /** Processor time of the thread. */
  cpu: number;
};

const LOOK_EVERY_MS = 5;

/** Processor time that this thread has used so far, in ms. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Watches this thread until it is asked. */
export function watchStalls(): () => Stalls {
  const delays = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  delays.enable();
  const startedMs = threadCpuMs();
  let lastMs = startedMs;
  let longestCpu = 0;
  const look = () => {
    const nowMs = threadCpuMs();
    longestCpu = Math.max(longestCpu, nowMs - lastMs);
    lastMs = nowMs;
  };
  const watch = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(watch);
    look();
    delays.disable();
    return { longest: delays.max / 1e6, longestCpu, cpu: lastMs - startedMs };
  };
}
