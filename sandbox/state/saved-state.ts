import { besideWorkspace } from '../engine/beside-workspace.ts';
import type { Engine } from '../engine/engine.ts';
import { letIn } from '../oauth/let-in.ts';
import type { SavedVault } from '../oauth/vault.ts';
import { armAllScheduled } from '../web-api/chat-schedule.ts';
import { restoredWorkspace, type SavedWorkspace, savedWorkspace } from './saved-workspace.ts';

const VERSION = 2;

export type SavedState = {
  version: typeof VERSION;
  /** Epoch ms of the sandbox clock when it was saved. */
  now: number;
  /** Missing in what was saved before tokens were kept: the app is let in then as at a first start. */
  vault?: SavedVault;
  workspaces: SavedWorkspace[];
};

/** All workspaces and the tokens for them as plain JSON, not copied. */
export function saved(engine: Engine): SavedState {
  return {
    version: VERSION,
    now: engine.clock.now(),
    vault: engine.vault.saved(),
    workspaces: engine.everyWorkspace().map(savedWorkspace),
  };
}

function readSaved(value: unknown): SavedState {
  const version = typeof value === 'object' && value !== null ? (value as { version?: unknown }).version : undefined;
  if (version === VERSION) return value as SavedState;
  if (version !== 1) throw new Error(`this is not a workspace that the sandbox saved (version ${VERSION})`);
  const { now, ...workspace } = value as SavedWorkspace & { now: number };
  return { version: VERSION, now, workspaces: [workspace] };
}

function place(first: Engine, from: SavedWorkspace, index: number, keepsScopes: boolean): void {
  const all = first.everyWorkspace();
  const present = index === 0 ? first : all.find(({ state }) => state.team.id === from.team.id);
  const state = restoredWorkspace(from, (present ?? first).state.app, keepsScopes);
  if (present) {
    state.lastMicros = Math.max(state.lastMicros, present.state.lastMicros);
    present.state = state;
  } else all.push(besideWorkspace(first, state));
}

/** Puts what was saved in place of what is there. The manifest stays the one that is running. */
export function restore(engine: Engine, value: unknown): void {
  const { now, vault, workspaces } = readSaved(value);
  const [first = engine] = engine.everyWorkspace();
  const agreed = new Set((vault?.tokens ?? []).filter(([, token]) => token.agreed).map(([, { team }]) => team));
  const forAll = agreed.has(first.organisation?.id ?? '');
  for (const [index, from] of workspaces.entries()) place(first, from, index, forAll || agreed.has(from.team.id));
  if (vault) engine.vault.restore(vault);
  else letIn(first);
  const { lastMicros } = first.state;
  engine.ids.reseed(lastMicros ^ Math.floor(engine.ids.random() * 2 ** 31));
  for (const workspace of first.everyWorkspace()) armAllScheduled(workspace);
  if (now > engine.clock.now()) void engine.clock.set(now);
  engine.changed({ kind: 'reset' });
}
