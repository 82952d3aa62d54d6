import type { Command } from '../../src/domain/command.ts';
import type { Effect, Needs, Way } from './way.ts';
import { type Numbers, type Place, ticketOf } from './world.ts';

type Typed = [needs: Needs, effect: Effect, text: (n: Numbers, at: Place) => string];

/** Every kind of command, as somebody types it. */
const COMMANDS: Record<Command['kind'], Typed> = {
  form: ['report', 'areas', () => ''],
  report: ['report', 'areas', () => 'Something new has broken today'],
  list: ['read', 'titles', () => 'list'],
  show: ['read', 'titles', (n) => `show ${n.fresh}`],
  why: ['read', 'titles', (n) => `why ${n.fresh}`],
  proof: ['read', 'titles', (n) => `show ${n.claimed} 2026-11-22`],
  search: ['read', 'titles', () => 'search webhook times out'],
  digest: ['read', 'titles', () => 'digest'],
  board: ['read', 'titles', () => 'board'],
  charts: ['read', 'changes', () => 'charts'],
  quarter: ['read', 'changes', () => 'quarter'],
  office: ['read', { shows: 'no office that you may read' }, () => 'office'],
  rules: ['read', 'titles', () => 'rules'],
  help: ['read', { shows: '/defect list' }, () => 'help'],
  unclear: ['read', { shows: 'meant_command' }, () => 'lst'],
  misused: ['read', { shows: 'Say which defect' }, () => 'show'],
  accept: ['decide', 'titles', (n) => `accept ${n.fresh}`],
  claim: ['decide', 'titles', (n) => `claim ${n.accepted}`],
  split: ['decide', 'titles', (n) => `split ${n.fresh}`],
  merge: ['decide', 'titles', (n) => `merge ${n.fresh}`],
  snooze: ['decide', 'titles', (n) => `snooze ${n.accepted}`],
  rule: ['decide', 'titles', (n) => `rule ${n.fresh} "times out"`],
  assign: ['decide', 'changes', (n, { leadId }) => `assign ${n.accepted} <@${leadId}>`],
  tickets: ['decide', 'changes', (n) => `tickets ${n.fresh} 3`],
  link: ['decide', 'changes', (n, at) => `link ${n.fresh} ${ticketOf(at)}`],
  unlink: ['decide', { shows: 'is linked to no ticket' }, (n) => `unlink ${n.fresh}`],
  undo: ['decide', 'changes', (n) => `undo ${n.merged}`],
  mergeInto: ['decide', 'changes', (n) => `merge ${n.fresh} into ${n.accepted}`],
  triage: ['decide', { shows: 'Triage has been open since' }, () => 'triage now'],
  export: ['decide', 'titles', () => 'export'],
  audit: ['lead', 'titles', () => 'audit'],
  settings: ['lead', { shows: 'Program settings' }, () => 'settings'],
};

export const COMMAND_WAYS: Way[] = Object.entries(COMMANDS).map(([kind, [needs, effect, typed]]) => ({
  name: `command ${kind}`,
  needs,
  effect,
  request: (at) => ({ kind: 'command', text: typed(at.numbers, at), channelId: at.channelId }),
}));
