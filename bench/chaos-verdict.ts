import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Expected } from './chaos-load.ts';

/** What people saw, against what they should have seen. */
export type Verdict = {
  messages: number;
  edits: number;
  callsToSlack: number;
  lostAnswers: number;
  serverErrors: number;
  rateLimits: number;
  duplicates: number;
  missing: number;
  outOfOrder: number;
  staleEdits: number;
};

type Seen = { channel: string; ts: string; threadTs: string | undefined; text: string };

export function judge(sandbox: Sandbox, expected: readonly Expected[]): Verdict {
  const seen = everythingPosted(sandbox);
  const verdict = { duplicates: 0, missing: 0, outOfOrder: 0, staleEdits: 0 };
  for (const { key, texts, editedTo } of expected) {
    const roots = seen.get(key) ?? [];
    for (const text of texts) {
      const copies = seen.get(text)?.length ?? 0;
      verdict.duplicates += Math.max(0, copies - 1);
      verdict.missing += copies === 0 ? 1 : 0;
    }
    const [root] = roots;
    const replies = texts.slice(1).flatMap((text) => seen.get(text) ?? []);
    verdict.outOfOrder += replies.filter(
      ({ threadTs, ts }, i) => threadTs !== root?.ts || (i > 0 && ts <= (replies[i - 1]?.ts ?? '')),
    ).length;
    if (root && editedTo && root.text !== editedTo) verdict.staleEdits += 1;
  }
  const struck = (kind: string) =>
    sandbox.faults.list().reduce((sum, fault) => sum + (fault.kind === kind ? fault.struck : 0), 0);
  return {
    messages: expected.reduce((sum, { texts }) => sum + texts.length, 0),
    edits: expected.filter(({ editedTo }) => editedTo).length,
    callsToSlack: sandbox.audit.calls().length,
    lostAnswers: struck('drop_answer'),
    serverErrors: struck('server_error'),
    rateLimits: struck('rate_limit'),
    ...verdict,
  };
}

// Keyed by what was first posted: an edit keeps "triage 7" and adds to it after a comma.
function everythingPosted(sandbox: Sandbox): Map<string, Seen[]> {
  const seen = new Map<string, Seen[]>();
  for (const viewer of sandbox.people())
    for (const { id, kind } of sandbox.snapshot(viewer.id).channels) {
      // Everybody is in every channel: one pair of eyes is enough.
      if (kind !== 'im' && viewer.id !== sandbox.people()[0]?.id) continue;
      const roots = allMessages(sandbox, viewer.id, id);
      const all = roots.flatMap((root) => [
        root,
        ...allMessages(sandbox, viewer.id, id, root.ts).filter(({ ts }) => ts !== root.ts),
      ]);
      for (const message of all) {
        const key = message.text.split(',')[0] ?? '';
        seen.set(key, [...(seen.get(key) ?? []), message]);
      }
    }
  return seen;
}

function allMessages(sandbox: Sandbox, viewer: string, channel: string, thread?: string): Seen[] {
  const { messages } = sandbox.messages(viewer, channel, { limit: 5_000, ...(thread ? { thread } : {}) });
  return messages.map(({ ts, threadTs, text }) => ({ channel, ts, threadTs, text }));
}
