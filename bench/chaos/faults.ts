import type { Sandbox } from '../../sandbox/engine/sandbox.ts';

/** What every call to Slack meets from now on. */
export function addFaults(sandbox: Sandbox): void {
  // However short a run is, some of its answers get lost.
  sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 2 });
  sandbox.faults.add({ method: '*', kind: 'rate_limit', retryAfter: 1, probability: 0.1 });
  sandbox.faults.add({ method: '*', kind: 'drop_answer', probability: 0.15 });
  sandbox.faults.add({ method: '*', kind: 'server_error', probability: 0.05 });
}
