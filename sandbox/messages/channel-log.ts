import type { Message } from '../state/model.ts';

export type ChannelLog = ReturnType<typeof channelLog>;

/** One channel's messages in the order of their ts. Adding and finding do not depend on how many there are. */
export function channelLog() {
  const byTs = new Map<string, Message>();
  // Deleted entries stay in the order and are skipped; timestamps have a fixed width, so text order is time order.
  const order: string[] = [];
  const replies = new Map<string, string[]>();

  const firstAtOrAfter = (ts: string): number => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((order[middle] ?? '') < ts) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    get: (ts: string) => byTs.get(ts),
    get size() {
      return byTs.size;
    },
    add(message: Message): void {
      byTs.set(message.ts, message);
      order.push(message.ts);
      if (message.threadTs && message.threadTs !== message.ts) {
        const thread = replies.get(message.threadTs);
        if (thread) thread.push(message.ts);
        else replies.set(message.threadTs, [message.ts]);
      }
    },
    remove(ts: string): void {
      byTs.delete(ts);
    },
    /** Newest first. */
    *newestFirst(before?: string, inclusive = false): Generator<Message> {
      let index = before === undefined ? order.length : firstAtOrAfter(before);
      if (inclusive && order[index] === before) index += 1;
      for (index -= 1; index >= 0; index -= 1) {
        const message = byTs.get(order[index] ?? '');
        if (message) yield message;
      }
    },
    /** Oldest first. */
    *oldestFirst(after?: string, inclusive = false): Generator<Message> {
      let index = after === undefined ? 0 : firstAtOrAfter(after);
      if (after !== undefined && !inclusive && order[index] === after) index += 1;
      for (; index < order.length; index += 1) {
        const message = byTs.get(order[index] ?? '');
        if (message) yield message;
      }
    },
    /** Replies of a thread, oldest first, without the parent. */
    *replies(threadTs: string): Generator<Message> {
      for (const ts of replies.get(threadTs) ?? []) {
        const message = byTs.get(ts);
        if (message) yield message;
      }
    },
  };
}
