import type { BrokenRule, CallRecord, DeliveryRecord } from '../audit/records.ts';
import type { ArmedFault, Fault } from '../faults/fault.ts';
import type { RateLimitProfile } from '../options.ts';
import type { Role } from '../people/roles.ts';
import type { ChangeKind } from '../state/model.ts';
import { remembered } from './remembered.ts';
import type { Settings, ShownMessage, Snapshot } from './server/screen.ts';

export type Inspection = {
  calls: CallRecord[];
  deliveries: DeliveryRecord[];
  brokenRules: BrokenRule[];
  faults: ArmedFault[];
  settings: Settings;
};

/** What the sandbox said no to, in words that are shown to the person as they are. */
export class Refused extends Error {}

/** The workspace that this browser looks at; the first one unless somebody turned to another. */
const workspace = remembered('workspace');

async function request<T>(to: string, body?: unknown): Promise<T> {
  const path = workspace ? `${to}${to.includes('?') ? '&' : '?'}workspace=${encodeURIComponent(workspace)}` : to;
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, init).catch(() => {
    throw new Refused('The sandbox does not answer. Is it still running?');
  });
  const answer = (await response.json()) as { ok: boolean; result: T; error?: string };
  if (!answer.ok) throw new Refused(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer.result;
}

const query = (values: Record<string, string | number | undefined>) =>
  new URLSearchParams(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  ).toString();

export const api = {
  snapshot: (as: string | undefined) => request<Snapshot>(`/sandbox/snapshot?${query({ as })}`),
  messages: (as: string, channel: string, options: { limit?: number; before?: string; thread?: string } = {}) =>
    request<{ messages: ShownMessage[]; hasMore: boolean }>(`/sandbox/messages?${query({ as, channel, ...options })}`),
  verb: <T = unknown>(verb: string, as: string, args: Record<string, unknown> = {}) =>
    request<T>(`/sandbox/verbs/${verb}`, { as, ...args }),
  inspect: () => request<Inspection>('/sandbox/inspection'),
  clearInspection: () => request('/sandbox/inspection/clear', {}),
  moveClock: (move: { stepMs: number } | { at: number }) => request('/sandbox/clock', move),
  addFault: (fault: Fault) => request('/sandbox/faults', fault),
  removeFault: (id: number) => request('/sandbox/faults/remove', { id }),
  clearFaults: () => request('/sandbox/faults/clear', {}),
  setRateLimits: (profile: RateLimitProfile) => request('/sandbox/rate-limits', { profile }),
  setFileProcessing: (ms: number) => request('/sandbox/file-processing', { ms }),
  setMissingBlocks: (types: string[]) => request('/sandbox/missing-blocks', { types }),
  sockets: (what: 'refresh' | 'cut') => request('/sandbox/sockets', { what }),
  addApp: () => request('/sandbox/app/add', {}),
  takeApp: () => request('/sandbox/app/take', {}),
  uninstallApp: () => request('/sandbox/app/uninstall', {}),
  addPerson: (person: { name: string; from?: string }) => request('/sandbox/people/add', person),
  changeRole: (person: string, role: Role, channel?: string) =>
    request('/sandbox/people/role', { person, role, channel }),
  setActive: (person: string, active: boolean) => request('/sandbox/people/active', { person, active }),
  setMember: (channel: string, person: string, member: boolean) =>
    request('/sandbox/channels/member', { channel, person, member }),
  changePrivacy: (channel: string, kind: 'public' | 'private') =>
    request('/sandbox/channels/privacy', { channel, kind }),
  setShared: (channel: string, organisation: string, shared: boolean) =>
    request('/sandbox/channels/shared', { channel, organisation, shared }),
  reset: () => request('/sandbox/reset', {}),
  save: () => request<unknown>('/sandbox/saved'),
  load: (saved: unknown) => request('/sandbox/saved', saved),
};

/** Calls `heard` with every batch of changes, and with `undefined` once connected: what came before was not heard. */
export function listenForChanges(heard: (changes: ChangeKind[] | undefined) => void): () => void {
  const source = new EventSource('/sandbox/changes');
  source.onopen = () => heard(undefined);
  source.onmessage = (event) => heard(JSON.parse(event.data) as ChangeKind[]);
  return () => source.close();
}
