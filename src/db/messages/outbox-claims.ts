import { and, eq, inArray, max, ne, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { channelPaces, type OutgoingBody, outbox } from '../schema/messages.ts';
import type { SentMessage } from './outbox.ts';

export type Claim = {
  now: Date;
  owner: string;
  leaseMs: number;
  limit: number;
  /** Workspaces and channels (or user ids), as `T1 C1`, that must wait; at most one post is claimed for each of the others. */
  busyPlaces?: readonly string[];
  /** How many edits of a workspace may go now. */
  mostEdits?: number;
  /** The same for those of which fewer may. */
  fewerEdits?: Readonly<Record<string, number>>;
  /** Workspaces that nothing can be sent to now. */
  heldWorkspaces?: readonly string[];
  /** How many messages of one workspace may be on their way at once, and how many are. */
  mostOfOne?: number;
  inFlight?: Readonly<Record<string, number>>;
  /** How fast posts into one channel may follow each other, whoever sends them; no bound unless given. */
  pace?: Pace | undefined;
};

type Pace = { perSecond: number; burst: number };

/** A message that nobody else sends until the lease ends. */
export type ClaimedMessage = {
  id: number;
  workspaceId: string;
  programId: number | null;
  dedupeKey: string;
  kind: 'post' | 'update';
  channel: string;
  body: OutgoingBody;
  threadTs: string | null;
  attempts: number;
  /** An earlier attempt may have posted it: look for it before posting again. */
  ambiguous: boolean;
  /** The request or tick that enqueued it. */
  requestId: string | null;
  createdAt: Date;
  /** The post that it answers or edits. `sent` is null where that post will never be in Slack. */
  anchor: { key: string; sent: SentMessage | null } | null;
};

type ClaimedRow = {
  id: number;
  workspace_id: string;
  program_id: number | null;
  dedupe_key: string;
  kind: 'post' | 'update';
  channel: string;
  body: OutgoingBody;
  thread_ts: string | null;
  attempts: number;
  ambiguous: boolean;
  request_id: string | null;
  created_ms: number;
  anchor_key: string | null;
  anchor_channel: string | null;
  anchor_ts: string | null;
};

const after = (ms: number) => sql`clock_timestamp() + ${ms}::float8 * interval '1 millisecond'`;

/**
 * Takes messages that may be sent now: in turns, one of each workspace; of a workspace edits first, then posts, oldest first.
 * 1. `run_at` is compared with `now`. Leases and waits run on the database's own clock: they guard what is on the wire
 *    in real time, and the clocks of the replicas differ.
 * 2. A reply waits for its parent, an edit for its target; the replies of a thread and the edits of a post go in order.
 * 3. Posts into one channel keep their pace over all replicas. Two that claim at the same instant may exceed it by one.
 * 4. A message whose lease ran out may have been posted by an owner that died, so it comes back as ambiguous.
 * 5. Nothing is sent to a workspace that the app was taken away from.
 */
export async function claimDue(db: Db, claim: Claim): Promise<ClaimedMessage[]> {
  const numbers = (of: Readonly<Record<string, number>> = {}) => sql`${JSON.stringify(of)}::text::jsonb`;
  const mostOfOne = claim.mostOfOne ?? claim.limit;
  const mostEdits = claim.mostEdits ?? claim.limit;
  const gapMs = claim.pace ? 1_000 / claim.pace.perSecond : 0;
  const headStart = claim.pace ? headStartMs(claim.pace) : 0;
  const claimed = await rows<ClaimedRow>(
    db,
    sql`
    with waiting as materialized (
      select id, kind, workspace_id, channel, coalesce(target_key, parent_key) as wanted_key, run_at, lease_until,
        min(id) over (partition by workspace_id,
          coalesce('edits ' || target_key, 'under ' || parent_key, channel || ' ' || thread_ts, 'alone ' || id)
          collate "C") as first_id
      from outbox where state = 'due' and ${isServed(claim.heldWorkspaces)}
    ), paced as materialized (
      select workspace_id, channel from channel_paces where next_at > ${after(headStart)}
    ), heads as materialized (
      select * from waiting o
      where id = first_id and run_at <= ${instant(claim.now)}
        and (lease_until is null or lease_until <= clock_timestamp())
        and (kind = 'update' or not workspace_id || ' ' || channel = any(${textArray(claim.busyPlaces)}))
        and (kind = 'update' or (workspace_id, channel) not in (select workspace_id, channel from paced))
    ), placed as (
      select heads.*, a.sent_channel, a.sent_ts, row_number() over (
        partition by heads.kind, heads.workspace_id, case heads.kind when 'post' then heads.channel end
        order by heads.id) as place
      from heads
      left join outbox a on a.workspace_id = heads.workspace_id and a.dedupe_key = heads.wanted_key
      where a.id is null or a.state <> 'due'
    ), turns as (
      select *, row_number() over (partition by workspace_id order by (kind = 'update') desc, id) as turn
      from placed where place <= case kind
        when 'update' then coalesce((${numbers(claim.fewerEdits)} ->> workspace_id)::int, ${mostEdits}::int) else 1 end
    ), chosen as materialized (
      select * from turns
      where turn <= ${mostOfOne}::int - coalesce((${numbers(claim.inFlight)} ->> workspace_id)::int, 0)
      order by turn, (kind = 'update') desc, id
      limit ${claim.limit * 2}
    ), picked as (
      select o.id from outbox o
      where o.id = any(array(select id from chosen)) and o.state = 'due'
        and (o.lease_until is null or o.lease_until <= clock_timestamp())
      order by array_position(array(select id from chosen order by turn, (kind = 'update') desc, id), o.id)
      limit ${claim.limit}
      for update skip locked
    ), kept_pace as (
      insert into channel_paces as pace (workspace_id, channel, next_at)
      select workspace_id, channel, ${after(gapMs)} from chosen
      where kind = 'post' and ${gapMs}::float8 > 0 and id = any(array(select id from picked))
      order by workspace_id, channel
      on conflict (workspace_id, channel) do update
        set next_at = greatest(pace.next_at, clock_timestamp()) + ${gapMs}::float8 * interval '1 millisecond'
    )
    update outbox o set lease_until = ${after(claim.leaseMs)}, leased_by = ${claim.owner},
      ambiguous = o.ambiguous or o.leased_by is not null,
      attempts = o.attempts + (o.leased_by is not null)::int
    from chosen where o.id = chosen.id and o.id = any(array(select id from picked))
    returning o.id::float8 as id, o.workspace_id, o.program_id::float8 as program_id, o.dedupe_key, o.kind, o.channel,
      o.body, o.thread_ts, o.attempts, o.ambiguous, o.request_id,
      (extract(epoch from o.created_at) * 1000)::float8 as created_ms,
      chosen.wanted_key as anchor_key, chosen.sent_channel as anchor_channel, chosen.sent_ts as anchor_ts`,
  );
  return claimed.map(toClaimedMessage).sort((a, b) => a.id - b.id);
}

/** How far posts may be ahead of an even pace: by a burst, and a little since two clocks never agree to the millisecond. */
function headStartMs({ perSecond, burst }: Pace): number {
  return ((burst - 0.75) * 1_000) / perSecond;
}

/** Not of a workspace that the app was taken away from, nor of one that rests. */
export function isServed(held: readonly string[] = []) {
  return sql`not workspace_id = any(array(select id from workspaces where left_at is not null))
    and not workspace_id = any(${textArray(held)})`;
}

// As JSON, so that the statement is the same however many there are.
function textArray(texts: readonly string[] = []) {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(texts)}::text::jsonb))`;
}

function toClaimedMessage(row: ClaimedRow): ClaimedMessage {
  const sent = row.anchor_channel && row.anchor_ts ? { channel: row.anchor_channel, ts: row.anchor_ts } : null;
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    programId: row.program_id,
    dedupeKey: row.dedupe_key,
    kind: row.kind,
    channel: row.channel,
    body: row.body,
    threadTs: row.thread_ts,
    attempts: row.attempts,
    ambiguous: row.ambiguous,
    requestId: row.request_id,
    createdAt: new Date(row.created_ms),
    anchor: row.anchor_key ? { key: row.anchor_key, sent } : null,
  };
}

/**
 * Records where the message stands, whoever holds the lease: it is there. Null then; where another process had recorded
 * it before, the place that it recorded, which stays.
 */
export async function markSent(db: Db, id: number, sent: SentMessage, now: Date): Promise<SentMessage | null> {
  const marked = await db
    .update(outbox)
    .set({
      state: 'sent',
      sentChannel: sent.channel,
      sentTs: sent.ts,
      sentAt: now,
      ambiguous: false,
      leaseUntil: null,
      leasedBy: null,
      lastError: null,
    })
    .where(and(eq(outbox.id, id), ne(outbox.state, 'sent')))
    .returning({ id: outbox.id });
  if (marked.length > 0) return null;
  const [earlier] = await db
    .select({ channel: outbox.sentChannel, ts: outbox.sentTs })
    .from(outbox)
    .where(eq(outbox.id, id));
  return earlier?.channel && earlier.ts ? { channel: earlier.channel, ts: earlier.ts } : null;
}

/** Lets the newest edit of a post be made once more, since an older one may have overwritten it. */
export async function remakeNewestEdit(db: Db, workspaceId: string, targetKey: string): Promise<void> {
  const [newest] = await db
    .select({ id: max(outbox.id) })
    .from(outbox)
    .where(
      and(eq(outbox.workspaceId, workspaceId), eq(outbox.targetKey, targetKey), inArray(outbox.state, ['due', 'sent'])),
    );
  if (!newest?.id) return;
  await db
    .update(outbox)
    .set({ state: 'due' })
    .where(and(eq(outbox.id, newest.id), eq(outbox.state, 'sent')));
}

/** Slack said how long nobody may post into a channel; what was saved up for a burst is gone too. */
export async function holdChannel(
  db: Db,
  { workspaceId, channel }: { workspaceId: string; channel: string },
  hold: { waitMs: number; pace: Pace },
): Promise<void> {
  const nextAt = after(hold.waitMs + headStartMs(hold.pace));
  await db
    .insert(channelPaces)
    .values({ workspaceId, channel, nextAt })
    .onConflictDoUpdate({
      target: [channelPaces.workspaceId, channelPaces.channel],
      set: { nextAt: sql`greatest(${channelPaces.nextAt}, excluded.next_at)` },
    });
}

type Held = { id: number; owner: string };

/** Gives the message back, to be claimed again after `waitMs`. `ambiguous`: it may be in Slack already. */
export async function markRetry(
  db: Db,
  held: Held,
  retry: { waitMs: number; error: string | null; countsAsAttempt: boolean; ambiguous: boolean },
): Promise<void> {
  await db
    .update(outbox)
    .set({
      leaseUntil: after(retry.waitMs),
      leasedBy: null,
      ambiguous: retry.ambiguous,
      lastError: retry.error,
      ...(retry.countsAsAttempt ? { attempts: sql`${outbox.attempts} + 1` } : {}),
    })
    .where(stillHeld(held));
}

/** The attempt may have posted although no answer came; nobody may look or post before `waitMs` have passed. */
export async function markAmbiguous(db: Db, held: Held, waitMs: number, error: string): Promise<void> {
  await markRetry(db, held, { waitMs, error, countsAsAttempt: true, ambiguous: true });
}

/** Stops trying. Replies and edits of a dead post follow it when they are claimed. */
export async function markDead(db: Db, held: Held, error: string): Promise<boolean> {
  return close(db, held, { state: 'dead', lastError: error });
}

/** An edit of a message that is gone or can no longer be edited is settled: there is nothing left to change. */
export async function markPointless(db: Db, held: Held, error: string): Promise<boolean> {
  return close(db, held, { state: 'superseded', lastError: error });
}

async function close(db: Db, held: Held, end: { state: 'dead' | 'superseded'; lastError: string }): Promise<boolean> {
  const closed = await db
    .update(outbox)
    .set({ ...end, leaseUntil: null, leasedBy: null, attempts: sql`${outbox.attempts} + 1` })
    .where(stillHeld(held))
    .returning({ id: outbox.id });
  return closed.length > 0;
}

function stillHeld(held: Held) {
  return and(eq(outbox.id, held.id), eq(outbox.leasedBy, held.owner), eq(outbox.state, 'due'));
}
