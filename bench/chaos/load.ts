import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { enqueuePost, enqueueUpdate } from '../../src/db/messages/outbox.ts';

/** What people must see in one place, in order: the parent of a thread and its replies, or a direct message. */
export type Expected = { key: string; channel: string; texts: string[]; editedTo: string | null };

const REPLIES = 8;
const body = (text: string) => ({ text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] });

/** The threads and direct messages of a run, at least `messages` of them in all. */
export function planLoad(messages: number, channels: readonly string[], people: readonly string[]): Expected[] {
  const expected: Expected[] = [];
  let count = 0;
  for (let i = 0; count < messages; i += 1) {
    const isDirect = i % 5 === 4;
    const key = `${isDirect ? 'reminder' : 'triage'} ${i}`;
    const channel = (isDirect ? people[i % people.length] : channels[i % channels.length]) ?? '';
    const texts = isDirect ? [key] : [key, ...Array.from({ length: REPLIES }, (_, r) => `${key} item ${r}`)];
    expected.push({ key, channel, texts, editedTo: isDirect ? null : `${key}, closed` });
    count += texts.length;
  }
  return expected;
}

/** Enqueues a thread or a direct message in one transaction, again until the database took it. */
export async function enqueueExpected(db: Db, workspaceId: string, { key, channel, texts }: Expected): Promise<void> {
  const runAt = systemClock.now();
  await untilCommitted(db, async (tx) => {
    for (const text of texts) {
      const parentKey = text === key ? undefined : key;
      await enqueuePost(tx, { workspaceId, dedupeKey: text, channel, parentKey, body: body(text), runAt });
    }
  });
}

/** Edits the parent a few times in a row, as clicks on a triage thread do. */
export async function editExpected(db: Db, workspaceId: string, { key, channel, editedTo }: Expected): Promise<void> {
  if (!editedTo) return;
  for (const text of [`${key}, 1 decided`, `${key}, 2 decided`, editedTo])
    await untilCommitted(db, (tx) =>
      enqueueUpdate(tx, {
        workspaceId,
        targetKey: key,
        dedupeKey: `edit: ${text}`,
        channel,
        body: body(text),
        runAt: systemClock.now(),
      }),
    );
}

async function untilCommitted(db: Db, work: (tx: Db) => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await withinSeconds(
        5,
        db.transaction((tx) => work(tx as unknown as Db)),
      );
      return;
    } catch {
      await wait(200);
    }
  }
}

/** The driver may lose a query for ever when its connection is cut; everything here may be done again. */
export async function withinSeconds<T>(seconds: number, work: Promise<T>): Promise<T> {
  const giveUp = new AbortController();
  try {
    return await Promise.race([
      work,
      wait(seconds * 1_000, undefined, { signal: giveUp.signal }).then(() => {
        throw new Error('The database does not answer.');
      }),
    ]);
  } finally {
    giveUp.abort();
  }
}
