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
  'lead in another workspace': 'wes',
  'lead in an organisation': 'ora',
} as const;
export type Kind = keyof typeof PEOPLE;
export const KINDS = Object.keys(PEOPLE) as Kind[];

/**
 * `open` is of a public channel where everybody decides. In that of `shared`, people of other organisations may report and
 * one person decides. `secret` is of a private channel and the default. `own` is of another private channel. `foreign` is
 * of another workspace that has installed the app, and `granted` of one that has it from its organisation.
 */
export const PROGRAMS = ['open', 'shared', 'secret', 'own', 'foreign', 'granted'] as const;
export type ProgramName = (typeof PROGRAMS)[number];

/** The workspaces by their domains: two installations, and one of an organisation that has installed the app for all. */
export type Domain = 'harbour' | 'pier' | 'quay';
export const workspaceOf = (program: ProgramName): Domain =>
  program === 'foreign' ? 'pier' : program === 'granted' ? 'quay' : 'harbour';
export const homeOf = (kind: Kind): Domain =>
  kind === 'lead in another workspace' ? 'pier' : kind === 'lead in an organisation' ? 'quay' : 'harbour';

/** Who leads a program, and where that is not the lead of most of them, also decides in it. */
export function leadOf(program: ProgramName): Kind {
  if (program === 'own') return 'lead of another program';
  if (program === 'foreign') return 'lead in another workspace';
  return program === 'granted' ? 'lead in an organisation' : 'lead';
}

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
  'lead in another workspace': { foreign: 'lead' },
  'lead in an organisation': { granted: 'lead' },
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
const HARBOUR: Seed = {
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

const elsewhere = (name: string, person: string, program: ProgramName): Seed => ({
  team: { name, domain: name.toLowerCase() },
  users: [{ name: person, role: 'admin' }],
  channels: [program, `${program}-bare`].map((one) => channel(one, 'private', [person])),
});

export const WORKSPACES = [
  HARBOUR,
  elsewhere('Pier', PEOPLE['lead in another workspace'], 'foreign'),
  elsewhere('Quay', PEOPLE['lead in an organisation'], 'granted'),
] as const;

/** Who installs the app, as the line of Slack's page names them: two for their workspace, one for the organisation. */
export const INSTALLERS = ['THARBOUR0 UADA00000', 'TPIER0000 UWESPIER0', 'TQUAY0000 UORAQUAY0 all'];
