import { isNull, sql } from 'drizzle-orm';
import type { Defect } from '../../src/db/defects/defects.ts';
import type { DefectEvent } from '../../src/db/defects/events.ts';
import { type Db, rows } from '../../src/db/engine/client.ts';
import { defectEvents, defects } from '../../src/db/schema/defects.ts';
import { tickets } from '../../src/db/schema/trackers.ts';
import type { TicketRow } from '../../src/db/trackers/tickets.ts';
import { isComeback, isOpen } from '../../src/domain/defects/lifecycle.ts';
import { planTaking } from '../../src/domain/trackers/take-status.ts';
import { lastShownMove, statusOf } from '../../src/domain/trackers/ticket-status.ts';
import type { Said } from './edits.ts';
import type { FaultProxy } from './fault-proxy.ts';
import { PEOPLE, type Seen, type Side, type Write } from './side.ts';

/** What happened to one defect, as far as people and the bot said something, in the order in which they did. */
export type History = { defectId: number; said: (Said & { at: Date })[] };

/** Each a list of what went wrong, so that a run that fails can be looked into. */
export type Verdict = {
  /** Tickets beyond one of a defect, and comments beyond one of each text. */
  duplicates: string[];
  /** Tickets that were to be made, and verdicts that were to be told. */
  missing: string[];
  /** The last thing that a person said of a field, on the side where they said it, is gone. */
  overwritten: string[];
  /** States, due dates, owners and labels that differ where nobody has been asked. */
  differing: string[];
  /** Tickets that were written to more often than anybody changed what they show. */
  echoes: string[];
  /** How many differ since a person has been asked which it is. */
  asked: number;
  /** What was said, logged and written of each ticket that something is wrong with. */
  traces: string[];
};

type Sent = FaultProxy<Write>['writes'][number];

type Judged = { defect: Defect; ticket: TicketRow; seen: Seen; events: readonly DefectEvent[]; history: History };

/** Compares both sides with what was said to them. */
export async function judgeTickets(
  db: Db,
  sides: readonly Side[],
  histories: readonly History[],
  writes: readonly Sent[],
): Promise<Verdict> {
  const verdict: Verdict = {
    duplicates: [],
    missing: [],
    overwritten: [],
    differing: [],
    echoes: [],
    asked: 0,
    traces: [],
  };
  const byMarker = Map.groupBy(await listMarked(sides), ({ marker }) => marker);
  const defectOf = new Map((await db.select().from(defects)).map((defect) => [defect.id, defect]));
  const linked = await db.select().from(tickets).where(isNull(tickets.unlinkedAt));
  const ticketOf = new Map(linked.map((ticket) => [ticket.defectId, ticket]));
  const eventsOf = Map.groupBy(
    await db.select().from(defectEvents).orderBy(defectEvents.id),
    ({ defectId }) => defectId,
  );
  const questions = await listQuestions(db);
  const writesOf = Map.groupBy(writes, ({ write }) => write.ticket);
  const known = new Set(linked.map(({ marker }) => marker));
  for (const [marker, [seen]] of byMarker)
    if (!known.has(marker)) verdict.duplicates.push(`${seen?.name} is linked to no defect`);

  for (const history of histories) {
    const defect = defectOf.get(history.defectId);
    const ticket = ticketOf.get(history.defectId);
    const [seen, ...more] = byMarker.get(ticket?.marker ?? '') ?? [];
    verdict.duplicates.push(...more.map(({ name }) => `${name} is the second of D-${defect?.number}`));
    if (!defect || !ticket || !seen) {
      verdict.missing.push(`D-${defect?.number} has no ticket`);
      continue;
    }
    const judged = { defect, ticket, seen, events: eventsOf.get(defect.id) ?? [], history };
    const name = `D-${defect.number} and ${seen.name}`;
    const written = writesOf.get(seen.name) ?? [];
    const wrongBefore = countWrong(verdict);
    judgeComments(judged, name, verdict);
    judgeSaid(judged, name, verdict);
    judgeStates(judged, name, verdict, questions);
    judgeOwner(judged, name, verdict);
    judgeLabels(judged, name, verdict);
    judgeWrites(judged, name, verdict, written);
    if (countWrong(verdict) > wrongBefore) verdict.traces.push(traceOf(judged, name, written));
  }
  return verdict;
}

async function listMarked(sides: readonly Side[]): Promise<(Seen & { marker: string; name: string })[]> {
  const all: (Seen & { marker: string; name: string })[] = [];
  for (const place of sides.flatMap(({ places }) => places)) {
    for (const seen of await place.list()) {
      const marker = markerIn(seen.text);
      if (marker) all.push({ ...seen, marker, name: `${place.name} ${seen.key}` });
    }
  }
  return all;
}

function markerIn(text: string): string | undefined {
  return /burndown:([\w-]+)/.exec(text)?.[1];
}

/** The one with the facts, and one for each verdict of the data. */
function judgeComments({ ticket, seen, events }: Judged, name: string, { duplicates, missing }: Verdict): void {
  const verdicts = events.filter(({ kind }) => kind === 'proven' || isComeback(kind));
  const wanted = [ticket.marker, ...verdicts.map(({ id }) => `${ticket.marker}-${id}`)];
  const found = Map.groupBy(seen.comments, markerIn);
  for (const marker of wanted) if (!found.has(marker)) missing.push(`${name}: no comment ${marker}`);
  for (const [marker, copies] of found)
    if (copies.length > 1) duplicates.push(`${name}: ${copies.length} comments ${marker}`);
}

/** Only what a person said last counts: whoever said something before may have been contradicted. */
function judgeSaid({ defect, seen, history: { said } }: Judged, name: string, { overwritten }: Verdict): void {
  const state = said.findLast(({ status }) => status !== null);
  if (state?.by === 'person') {
    const is = state.side === 'tracker' ? seen.status : statusOf(defect.state);
    if (is !== state.status) overwritten.push(`${name}: ${state.status} was said in ${state.side}, and it is ${is}`);
  }
  const title = said.findLast((one) => one.title !== undefined)?.title;
  if (title !== undefined && seen.title !== title) overwritten.push(`${name}: was called ${title}`);
  const due = said.findLast(({ dueOn }) => dueOn !== undefined);
  if (due?.by === 'person' && seen.dueOn !== undefined) {
    const is = due.side === 'tracker' ? seen.dueOn : defect.dueOn;
    if (is !== due.dueOn) overwritten.push(`${name}: due ${due.dueOn} was said in ${due.side}, and it is ${is}`);
  }
}

function judgeStates(
  { defect, ticket, seen, events, history }: Judged,
  name: string,
  verdict: Verdict,
  questions: ReadonlySet<string>,
): void {
  const [ours, theirs] = [statusOf(defect.state), seen.status];
  if (ours !== theirs) {
    // What somebody closed as not planned is only told that its defect came back, as the settings say.
    const isLeft = isComeback(lastShownMove(events)?.kind ?? '') && theirs !== 'done';
    const taking = planTaking(theirs, { ...defect, criteriaCount: 1 });
    const question = `ticket:${ticket.id}:${theirs}:${ticket.statusAt?.toISOString() ?? ''}`;
    if (taking.kind === 'ask' && questions.has(question)) verdict.asked += 1;
    // Two ways of being closed are one state to whoever has work to do, and few workflows lead from one to another.
    else if ((ours === 'open' || theirs === 'open') && !isLeft)
      verdict.differing.push(`${name}: ${defect.state} here, ${theirs} there`);
  }
  if (seen.dueOn === undefined || seen.dueOn === defect.dueOn) return;
  // A date that was set there while the defect was closed is the tracker's alone.
  const due = history.said.findLast(({ dueOn }) => dueOn !== undefined);
  const since = events.filter(({ at, toState }) => toState !== null && due && at > due.at);
  const wasClosed = [defect.state, ...since.map(({ fromState }) => fromState)].some((state) => !isOpen(state));
  if (due?.side !== 'tracker' || !wasClosed)
    verdict.differing.push(`${name}: due ${defect.dueOn} here, ${seen.dueOn} there`);
}

function judgeOwner({ defect, seen, history: { said } }: Judged, name: string, verdict: Verdict): void {
  const accounts = new Map<string, string>(Object.entries(PEOPLE).map(([account, userId]) => [userId, account]));
  const isAt = (userId: string | null | undefined) => seen.assignees.includes(accounts.get(userId ?? '') ?? '');
  const last = said.findLast(({ ownerId }) => ownerId !== undefined);
  const isKept = !last || (last.side === 'tracker' ? isAt(last.ownerId) : defect.ownerId === last.ownerId);
  if (!isKept) verdict.overwritten.push(`${name}: given to ${last.ownerId} in ${last.side}, and no more`);
  // Of a defect that is closed a ticket may be given to anybody.
  if (isOpen(defect.state) && !isAt(defect.ownerId))
    verdict.differing.push(`${name}: ${defect.ownerId} here, ${seen.assignees.join(', ') || 'nobody'} there`);
}

function judgeLabels({ defect, seen, history: { said } }: Judged, name: string, verdict: Verdict): void {
  for (const { label } of said)
    if (label && !seen.labels.includes(label)) verdict.overwritten.push(`${name}: the label ${label} is gone`);
  const ours = seen.labels.filter((label) => /^burndown:S\d$/.test(label));
  if (isOpen(defect.state) && ours.join() !== `burndown:${defect.severity}`)
    verdict.differing.push(`${name}: ${defect.severity} here, labelled ${ours.join() || 'as none'} there`);
}

function judgeWrites({ history: { said } }: Judged, name: string, { echoes }: Verdict, writes: readonly Sent[]): void {
  const here = said.filter(({ side }) => side === 'slack');
  const count = (kind: Write['what']) => writes.filter(({ write }) => write.what === kind).length;
  const [states, dues] = [
    here.filter(({ status }) => status !== null),
    here.filter(({ dueOn }) => dueOn !== undefined),
  ];
  if (count('status') > states.length)
    echoes.push(`${name}: ${count('status')} writes of a status for ${states.length} changes in Slack`);
  // Its first due date and owner were said when it was accepted.
  if (count('due') > dues.length + 1)
    echoes.push(`${name}: ${count('due')} writes of a due date for ${dues.length + 1} changes in Slack`);
  const owners = here.filter(({ ownerId }) => ownerId !== undefined).length + 1;
  if (count('assignee') > owners)
    echoes.push(`${name}: ${count('assignee')} assignments for ${owners} changes in Slack`);
  // A new severity may bring a new band of harm, and each label of both is added and taken away by itself.
  const labels = 2 + 4 * here.filter(({ severity }) => severity !== undefined).length;
  if (count('labels') > labels) echoes.push(`${name}: ${count('labels')} writes of labels where ${labels} are enough`);
}

function countWrong({ duplicates, missing, overwritten, differing, echoes }: Verdict): number {
  return [duplicates, missing, overwritten, differing, echoes].flat().length;
}

/** All that happened to one defect and its ticket, in the order of time. */
function traceOf({ defect, ticket, events, history: { said } }: Judged, name: string, writes: readonly Sent[]): string {
  const happened = [
    ...said.map(({ at, ...one }) => ({ at, what: `said ${JSON.stringify(one)}` })),
    ...events.map(({ at, kind, why }) => ({ at, what: `log ${kind}: ${why}` })),
    ...writes.map(({ at, write, isAnswered }) => ({
      at,
      what: `wrote ${write.what}${isAnswered ? '' : ', unanswered'}`,
    })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const lines = happened.map(({ at, what }) => `    ${at.toISOString().slice(11, 23)} ${what}`);
  return [`${name}: ${JSON.stringify({ defect, ticket })}`, ...lines].join('\n');
}

/** What people were asked about tickets, by what is asked of whom once. */
async function listQuestions(db: Db): Promise<Set<string>> {
  const found = await rows<{ key: string }>(
    db,
    sql`select regexp_replace(dedupe_key, ':[^:]*$', '') as key from outbox where dedupe_key like 'ticket:%'`,
  );
  return new Set(found.map(({ key }) => key));
}
