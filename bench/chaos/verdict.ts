import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import type { Expected } from './load.ts';

/** What people saw, against what they should have seen. */
export type Verdict = {
  messages: number;
  edits: number;
  duplicates: number;
  missing: number;
  outOfOrder: number;
  staleEdits: number;
};

/** `wrong` names what is not there once. */
export type MarkedVerdict = Pick<Verdict, 'messages' | 'duplicates' | 'missing'> & { wrong: string[] };

/** How often Slack was called, and what it did instead of answering. */
export type Strikes = { callsToSlack: number; rateLimits: number; lostAnswers: number; serverErrors: number };

type Seen = { channel: string; ts: string; threadTs: string | undefined; text: string; key: string | undefined };

export function judge(sandbox: Sandbox, expected: readonly Expected[]): Verdict {
  // An edit keeps "triage 7" and adds to it after a comma.
  const seen = Map.groupBy(everythingPosted(sandbox), ({ text }) => text.split(',')[0] ?? '');
  const verdict = { duplicates: 0, missing: 0, outOfOrder: 0, staleEdits: 0 };
  for (const { key, texts, editedTo } of expected) {
    const [root] = seen.get(key) ?? [];
    for (const text of texts) {
      const copies = seen.get(text)?.length ?? 0;
      verdict.duplicates += Math.max(0, copies - 1);
      verdict.missing += copies === 0 ? 1 : 0;
    }
    const replies = texts.slice(1).flatMap((text) => seen.get(text) ?? []);
    verdict.outOfOrder += replies.filter(
      ({ threadTs, ts }, i) => threadTs !== root?.ts || (i > 0 && ts <= (replies[i - 1]?.ts ?? '')),
    ).length;
    if (root && editedTo && root.text !== editedTo) verdict.staleEdits += 1;
  }
  return {
    messages: expected.reduce((sum, { texts }) => sum + texts.length, 0),
    edits: expected.filter(({ editedTo }) => editedTo).length,
    ...verdict,
  };
}

/** The same for what the bot says by itself: the marks that its messages carry, against what it had to say. */
export function judgeMarked(sandbox: Sandbox, wanted: ReadonlySet<string>): MarkedVerdict {
  const seen = Map.groupBy(everythingPosted(sandbox), ({ key }) => key);
  const copies = [...wanted].map((key) => ({ key, count: seen.get(key)?.length ?? 0 }));
  return {
    messages: wanted.size,
    duplicates: copies.reduce((sum, { count }) => sum + Math.max(0, count - 1), 0),
    missing: copies.filter(({ count }) => count === 0).length,
    wrong: copies.filter(({ count }) => count !== 1).map(({ key, count }) => `${key} is there ${count} times`),
  };
}

export function strikes(sandbox: Sandbox): Strikes {
  const struck = (kind: string) =>
    sandbox.faults.list().reduce((sum, fault) => sum + (fault.kind === kind ? fault.struck : 0), 0);
  return {
    callsToSlack: sandbox.audit.calls().length,
    rateLimits: struck('rate_limit'),
    lostAnswers: struck('drop_answer'),
    serverErrors: struck('server_error'),
  };
}

function everythingPosted(sandbox: Sandbox): Seen[] {
  const posted: Seen[] = [];
  for (const viewer of sandbox.people())
    for (const { id, kind } of sandbox.snapshot(viewer.id).channels) {
      // Everybody is in every channel: one pair of eyes is enough.
      if (kind !== 'im' && viewer.id !== sandbox.people()[0]?.id) continue;
      const roots = allMessages(sandbox, viewer.id, id);
      posted.push(...roots);
      for (const root of roots)
        posted.push(...allMessages(sandbox, viewer.id, id, root.ts).filter(({ ts }) => ts !== root.ts));
    }
  return posted;
}

function allMessages(sandbox: Sandbox, viewer: string, channel: string, thread?: string): Seen[] {
  const { messages } = sandbox.messages(viewer, channel, { limit: 5_000, ...(thread ? { thread } : {}) });
  return messages.map(({ ts, threadTs, text, metadata }) => ({
    channel,
    ts,
    threadTs,
    text,
    key: (metadata?.event_payload as { key?: string } | undefined)?.key,
  }));
}
