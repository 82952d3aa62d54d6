import type { TicketStatus } from '../../src/domain/trackers/ticket-status.ts';
import type { TrackerKind } from '../../src/domain/trackers/tracker.ts';
import type { Connection } from '../../src/usecases/trackers/connect/change-tracker.ts';
import type { Sent } from './fault-proxy.ts';

/** A tracker of one kind with its places, as people use it and as it can be looked at in the end. */
export type Side = {
  kind: TrackerKind;
  url: string;
  places: readonly Place[];
  /** What a request that changed something did, and to which ticket of which place; null for one that changed nothing. */
  writeOf: (sent: Sent) => Write | null;
  close: () => Promise<void>;
};

/** To whom a ticket is given on. */
export function nextOf(assignees: readonly string[]): Person {
  return assignees.includes('ana') ? 'ben' : 'ana';
}

export const PEOPLE = { ana: 'UANA', ben: 'UBEN' } as const;
/** Who owns defects, and has an account everywhere. */
export type Person = keyof typeof PEOPLE;

/** A repository, a team or a project. */
export type Place = {
  name: string;
  /** How the bot connects to it, where the tracker answers at this address. */
  connection: (url: string) => { connection: Omit<Connection, 'isPublic'>; token: string };
  addHook: (url: string, secret: string) => Promise<void>;
  /** What Ana does there. */
  statusOf: (key: string) => Promise<TicketStatus>;
  setStatus: (key: string, status: TicketStatus) => Promise<void>;
  rename: (key: string, title: string) => Promise<void>;
  /** Left out where the tracker has no due dates. */
  setDue?: (key: string, dueOn: string) => Promise<void>;
  /** She gives it to herself, or to Ben where it is hers, and to nobody else beside; answers to whom. */
  giveOn: (key: string) => Promise<Person>;
  /** She adds a label of her own. */
  addLabel: (key: string, label: string) => Promise<void>;
  list: () => Promise<Seen[]>;
};

/** A ticket as it stands there. */
export type Seen = {
  key: string;
  title: string;
  text: string;
  status: TicketStatus;
  /** Undefined where the tracker has no due dates. */
  dueOn: string | null | undefined;
  /** What those are called whom it is assigned to. */
  assignees: readonly string[];
  labels: readonly string[];
  comments: readonly string[];
};

export type Write = {
  what: 'ticket' | 'status' | 'due' | 'assignee' | 'labels' | 'comment' | 'edit of a comment';
  ticket: string;
};
