import type { Seed } from '../../sandbox/options.ts';

/** What somebody may in one program, the more the later: section by section as the product's description says it. */
export const LEVELS = ['nothing', 'report', 'read', 'decide', 'lead'] as const;
export type Level = (typeof LEVELS)[number];

export const PEOPLE = {
  lead: 'lea',
  admin: 'ada',
  decider: 'dea',
  reader: 'rey',
  'guest inside': 'gus',
  'guest outside': 'gia',
  stranger: 'nia',
  deactivated: 'del',
  'member outside': 'oto',
  'lead of another program': 'pam',
  'somebody of another workspace': 'wes',
} as const;
export type Kind = keyof typeof PEOPLE;
export const KINDS = Object.keys(PEOPLE) as Kind[];

/**
 * `open` is of a public channel where everybody decides. In that of `shared`, people of other organisations may report and
 * one person decides. `secret` is of a private channel and the default. `own` is of another private channel, and `foreign`
 * of another workspace.
 */
export const PROGRAMS = ['open', 'shared', 'secret', 'own', 'foreign'] as const;
export type ProgramName = (typeof PROGRAMS)[number];

const MAY: Record<Kind, Partial<Record<ProgramName, Level>>> = {
  lead: { open: 'lead', shared: 'lead', secret: 'lead' },
  admin: { open: 'lead', shared: 'lead' },
  decider: { open: 'decide', shared: 'decide', secret: 'decide' },
  reader: { open: 'read', shared: 'read', secret: 'read' },
  'guest inside': { open: 'read', shared: 'read', secret: 'read' },
  'guest outside': {},
  stranger: { shared: 'report' },
  deactivated: {},
  'member outside': { open: 'read', shared: 'read' },
  'lead of another program': { open: 'read', shared: 'read', own: 'lead' },
  'somebody of another workspace': {},
};

export function levelOf(kind: Kind, program: ProgramName): Level {
  return MAY[kind][program] ?? 'nothing';
}

export function reaches(level: Level, needed: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(needed);
}

const PARTNER = 'Northwind';
const channel = (name: string, kind: 'public' | 'private', members: readonly string[]) => ({
  name,
  kind,
  members: [...members],
  botIsMember: true,
  sharedWith: [PARTNER],
});
const INSIDE = ['lea', 'dea', 'gus', 'nia', 'del'];

/** A second channel for each program has an empty one, for what only an empty program takes. */
export const WORKSPACE: Seed = {
  team: { name: 'Harbour', domain: 'harbour' },
  users: [
    { name: 'ada', role: 'admin' },
    ...['lea', 'dea', 'rey', 'del', 'oto', 'pam'].map((name) => ({ name })),
    { name: 'gus', role: 'guest' },
    { name: 'gia', role: 'guest' },
    { name: 'nia', from: PARTNER },
  ],
  channels: [
    channel('elsewhere', 'public', ['ada', 'gia', 'oto']),
    ...['open', 'open-bare'].map((name) => channel(name, 'public', INSIDE)),
    ...['shared', 'shared-bare', 'secret', 'secret-bare'].map((name) =>
      channel(name, name.startsWith('secret') ? 'private' : 'public', [...INSIDE, 'rey']),
    ),
    ...['own', 'own-bare'].map((name) => channel(name, 'private', ['pam'])),
  ],
};
