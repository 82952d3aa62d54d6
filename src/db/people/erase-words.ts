import { and, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { addressesOf, ERASED_WORDS, quotesAny } from '../../domain/people/erasure.ts';
import type { Db } from '../engine/client.ts';
import { criteria, defectEvents, defects, reports } from '../schema/defects.ts';
import { type OutgoingBody, outbox, requests } from '../schema/messages.ts';
import { snoozes, triageItems } from '../schema/rituals.ts';
import { tickets, trackerPeople, trackers } from '../schema/trackers.ts';
import { people, programs } from '../schema/workspaces.ts';
import { eraseReportWords } from './erasure.ts';

export type Person = { workspaceId: string; userId: string };
/** How many rows of each table were changed. */
export type Erased = Map<string, number>;

/** Kinds of events whose sentence is the bot's own; of all others a person has typed it. */
const OWN_SENTENCES = [
  'reported',
  'report_joined',
  'report_moved',
  'accepted',
  'claimed',
  'confirmed',
  'merged',
  'unmerged',
  'split',
  'assigned',
  'criteria_changed',
] as const;

/**
 * Erases what a person has typed, and what is known of the person, in one workspace. What it was about, when and how it was
 * decided stays. For the transaction that replaces the person's id afterwards.
 */
export async function eraseWordsOf(tx: Db, person: Person, at: Date): Promise<Erased> {
  const erased: Erased = new Map();
  const typed = [
    ...(await eraseReports(tx, person, at, erased)),
    ...(await eraseTitles(tx, person, erased)),
    ...(await eraseNotes(tx, person, erased)),
    ...(await eraseEvents(tx, person, erased)),
  ];
  await count(
    erased,
    'snoozes',
    tx.update(snoozes).set({ reason: ERASED_WORDS }).where(ownSnoozes(person)).returning(),
  );
  await count(
    erased,
    'triage_items',
    tx
      .update(triageItems)
      .set({ outcome: ERASED_WORDS })
      .where(
        and(
          eq(triageItems.decidedBy, person.userId),
          isNotNull(triageItems.outcome),
          sql`${triageItems.defectId} in (${ourDefects(person)})`,
        ),
      )
      .returning(),
  );
  await eraseMessages(tx, person, typed, erased);
  await eraseAccounts(tx, person, erased);
  const { workspaceId, userId } = person;
  await count(
    erased,
    'people',
    tx
      .delete(people)
      .where(and(eq(people.workspaceId, workspaceId), eq(people.userId, userId)))
      .returning(),
  );
  return erased;
}

async function eraseReports(tx: Db, person: Person, at: Date, erased: Erased): Promise<string[]> {
  const own = await tx
    .select()
    .from(reports)
    .where(and(sql`${reports.programId} in (${ourPrograms(person)})`, eq(reports.reporterId, person.userId)));
  for (const [programId, told] of Map.groupBy(own, (report) => report.programId))
    await eraseReportWords(
      tx,
      programId,
      told.map(({ id }) => id),
      at,
    );
  if (own.length > 0) erased.set('reports', own.length);
  return own.flatMap(({ title, description, link }) => [title, description, link ?? '']);
}

/** A defect is named by its first report, or by whoever split it off: it gets the name of the next report of somebody else. */
async function eraseTitles(tx: Db, person: Person, erased: Erased): Promise<string[]> {
  const { userId } = person;
  const named = await tx
    .select({ id: defects.id, title: defects.title })
    .from(defects)
    .where(
      and(
        sql`${defects.programId} in (${ourPrograms(person)})`,
        sql`exists (select from ${defectEvents} birth where birth.defect_id = ${defects.id} and birth.actor_id = ${userId}
          and birth.kind in ('reported', 'split'))`,
      ),
    );
  for (const { id } of named)
    await tx.execute(sql`
      update ${defects} set title = coalesce((
        select title from ${reports} where defect_id = ${id} and words_erased_at is null order by filed_at, id limit 1
      ), ${ERASED_WORDS}) where id = ${id}`);
  if (named.length > 0) erased.set('defects', named.length);
  return named.map(({ title }) => title);
}

/** What a proof rests on stays provable: the addresses in a note are kept. */
async function eraseNotes(tx: Db, person: Person, erased: Erased): Promise<string[]> {
  const acted = sql`select defect_id from ${defectEvents} where actor_id = ${person.userId}
    and kind in ('accepted', 'claimed', 'criteria_changed') and program_id in (${ourPrograms(person)})`;
  const noted = await tx
    .select()
    .from(defects)
    .where(and(sql`${defects.id} in (${acted})`, or(isNotNull(defects.keepingNote), isNotNull(defects.rootCause))));
  for (const { id, keepingNote, rootCause } of noted)
    await tx
      .update(defects)
      .set({
        keepingNote: keepingNote === null ? null : addressesOf(keepingNote),
        rootCause: rootCause === null ? null : ERASED_WORDS,
      })
      .where(eq(defects.id, id));
  const linked = (await tx.select().from(criteria).where(sql`${criteria.defectId} in (${acted})`)).flatMap(
    ({ id, criterion }) => (criterion.kind === 'link' ? [{ id, criterion }] : []),
  );
  for (const { id, criterion } of linked)
    await tx
      .update(criteria)
      .set({ criterion: { ...criterion, what: addressesOf(criterion.what) } })
      .where(eq(criteria.id, id));
  if (linked.length > 0) erased.set('criteria', linked.length);
  return [
    ...noted.flatMap(({ keepingNote, rootCause }) => [keepingNote ?? '', rootCause ?? '']),
    ...linked.map(({ criterion }) => criterion.what),
  ];
}

async function eraseEvents(tx: Db, person: Person, erased: Erased): Promise<string[]> {
  const own = await tx
    .select()
    .from(defectEvents)
    .where(and(eq(defectEvents.actorId, person.userId), sql`${defectEvents.programId} in (${ourPrograms(person)})`));
  const isOurs = (kind: string) => (OWN_SENTENCES as readonly string[]).includes(kind);
  const typed = own.filter(({ kind }) => !isOurs(kind));
  if (typed.length > 0)
    await tx
      .update(defectEvents)
      .set({ why: ERASED_WORDS })
      .where(
        inArray(
          defectEvents.id,
          typed.map(({ id }) => id),
        ),
      );
  const noted = own.flatMap(({ id, data }) => (data ? [{ id, data, left: withoutNotes(data) }] : []));
  for (const { id, data, left } of noted)
    if (JSON.stringify(left) !== JSON.stringify(data))
      await tx.update(defectEvents).set({ data: left }).where(eq(defectEvents.id, id));
  if (own.length > 0) erased.set('defect_events', own.length);
  return typed.map(({ why }) => why);
}

/** The log of a claim or a promise without the words in it; what a past proof is counted from stays. */
function withoutNotes(data: Record<string, unknown>): Record<string, unknown> {
  const left = { ...data };
  for (const key of ['keepingNote', 'rootCause', 'link'])
    if (typeof left[key] === 'string') left[key] = addressesOf(key === 'link' ? '' : String(left[key]));
  if (Array.isArray(left.criteria))
    left.criteria = left.criteria.map((one: { kind: string; what?: string }) =>
      one.kind === 'link' ? { ...one, what: addressesOf(one.what ?? '') } : one,
    );
  return left;
}

/**
 * What was sent is blanked: nothing asks for it any more, and no search finds every cut and escaped form of somebody's words.
 * What is still to be sent loses only the parts that quote the person, and what is for the person alone is not sent.
 */
async function eraseMessages(tx: Db, person: Person, typed: readonly string[], erased: Erased): Promise<void> {
  const { workspaceId, userId } = person;
  const blank: OutgoingBody = { text: ERASED_WORDS, blocks: [] };
  const ours = eq(outbox.workspaceId, workspaceId);
  await tx
    .update(outbox)
    .set({ state: 'superseded' })
    .where(and(ours, eq(outbox.channel, userId), inArray(outbox.state, ['due', 'dead'])));
  await count(
    erased,
    'outbox',
    tx
      .update(outbox)
      .set({ body: blank })
      .where(and(ours, inArray(outbox.state, ['sent', 'superseded'])))
      .returning(),
  );
  const waiting = await tx
    .select()
    .from(outbox)
    .where(and(ours, inArray(outbox.state, ['due', 'dead'])));
  for (const { id, body } of waiting) {
    const left = withoutQuotes(body, typed) as OutgoingBody;
    if (JSON.stringify(left) !== JSON.stringify(body))
      await tx.update(outbox).set({ body: left }).where(eq(outbox.id, id));
  }
  await eraseRequests(tx, person, typed, erased);
}

/** Who they are in the trackers; a ticket that names them is read anew, as one that was just linked. */
async function eraseAccounts(tx: Db, person: Person, erased: Erased): Promise<void> {
  const theirs = await tx
    .delete(trackerPeople)
    .where(and(eq(trackerPeople.userId, person.userId), sql`${trackerPeople.programId} in (${ourPrograms(person)})`))
    .returning();
  if (theirs.length > 0) erased.set('tracker_people', theirs.length);
  for (const { account, programId, kind } of theirs) {
    if (account === null) continue;
    const named = sql`exists (select from jsonb_array_elements(coalesce(${tickets.assignees}, '[]'::jsonb)) one
        where one->>'id' = ${account}) or jsonb_exists(coalesce(${tickets.agreedAssignees}, '[]'::jsonb), ${account})
      or ${tickets.assigneeGiven} = ${account}`;
    const inKind = sql`${tickets.trackerId} in (select id from ${trackers} where kind = ${kind})`;
    await tx
      .update(tickets)
      .set({ assignees: null, agreedAssignees: null, agreedOwnerId: null, assigneeGiven: null })
      .where(and(eq(tickets.programId, programId), inKind, sql`(${named})`));
  }
}

/** A request of the person, or one that quotes the person, counts as done; its name is still known when it comes again. */
async function eraseRequests(tx: Db, person: Person, typed: readonly string[], erased: Erased): Promise<void> {
  const { workspaceId, userId } = person;
  const told = await tx
    .select({ key: requests.key, body: requests.body, answer: requests.answer })
    .from(requests)
    .where(and(eq(requests.workspaceId, workspaceId), or(isNotNull(requests.body), isNotNull(requests.answer))));
  const isTheirs = (text: string | null) => text !== null && (text.includes(userId) || quotesAny(text, typed));
  const theirs = told.filter(({ body, answer }) => isTheirs(body) || isTheirs(answer));
  for (const { key, answer } of theirs)
    await tx
      .update(requests)
      .set({ state: 'closed', body: null, answer: answer === null ? null : 'null', leaseUntil: null })
      .where(and(eq(requests.workspaceId, workspaceId), eq(requests.key, key)));
  if (theirs.length > 0) erased.set('requests', theirs.length);
}

function withoutQuotes(value: unknown, typed: readonly string[]): unknown {
  if (typeof value === 'string') return quotesAny(value, typed) ? ERASED_WORDS : value;
  if (Array.isArray(value)) return value.map((one) => withoutQuotes(one, typed));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutQuotes(one, typed)]));
}

async function count(erased: Erased, table: string, changing: Promise<unknown[]>): Promise<void> {
  const changed = await changing;
  if (changed.length > 0) erased.set(table, (erased.get(table) ?? 0) + changed.length);
}

function ourPrograms({ workspaceId }: Person): SQL {
  return sql`select id from ${programs} where workspace_id = ${workspaceId}`;
}

function ourDefects(person: Person): SQL {
  return sql`select id from ${defects} where program_id in (${ourPrograms(person)})`;
}

function ownSnoozes(person: Person): SQL | undefined {
  return and(eq(snoozes.userId, person.userId), sql`${snoozes.defectId} in (${ourDefects(person)})`);
}
