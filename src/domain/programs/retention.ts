/** What grows without end and is of no use for ever, and how long it is kept. */
export type Retention = { what: Kept; days: number; why: string };

export type Kept =
  | 'edits'
  | 'sent posts'
  | 'dead messages'
  | 'requests'
  | 'maintenance days'
  | 'paces'
  | 'nudges'
  | 'live messages'
  | 'open homes'
  | 'occurrences'
  | 'readings'
  | 'pushed figures'
  | 'firing counts'
  | 'early ends'
  | 'left out'
  | 'runs';

export const RETENTION: readonly Retention[] = [
  { what: 'edits', days: 30, why: 'An edit that was made, or overtaken by a newer one, says nothing more.' },
  { what: 'sent posts', days: 400, why: 'Where a message stands is asked for as long as its thread may be edited.' },
  { what: 'dead messages', days: 180, why: 'Nobody redrives a message of last season.' },
  {
    what: 'requests',
    days: 14,
    why: 'Slack repeats an event for two hours at most, people a form while it stands open.',
  },
  { what: 'maintenance days', days: 14, why: 'Only today is asked for.' },
  { what: 'paces', days: 1, why: 'A channel that nobody posts into has no pace to keep.' },
  { what: 'nudges', days: 400, why: 'Digests look back a year.' },
  {
    what: 'live messages',
    days: 100,
    why: 'A direct message is true until the farthest date that is promised by default.',
  },
  { what: 'open homes', days: 30, why: 'A Home that is opened again is written anew.' },
  { what: 'occurrences', days: 400, why: 'Digests look back a year; what was due is decided up to an instant.' },
  { what: 'readings', days: 400, why: 'Digests look back a year.' },
  { what: 'pushed figures', days: 400, why: 'Digests look back a year.' },
  { what: 'firing counts', days: 200, why: "A quarter's budget is shared out over what fired in it." },
  { what: 'early ends', days: 4, why: 'Senders try again for three days at most.' },
  { what: 'left out', days: 15, why: 'Settings show what was left out in a week.' },
  { what: 'runs', days: 400, why: 'A fix is judged by what ran in the 112 days before it and since.' },
];
