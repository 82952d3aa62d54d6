import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import type { ShownMessage } from '../../server/screen.ts';
import { useScreen } from '../screen.ts';

export const pageSize = 100;
const refreshPauseMs = 40;

type Loaded = { messages: ShownMessage[]; hasMore: boolean };

/** The messages of a channel or thread that were loaded so far, oldest first, kept fresh. */
export function useMessages(channel: string, thread?: string) {
  const { snapshot, subscribe } = useScreen();
  const me = snapshot.me.id;
  const [loaded, setLoaded] = useState<Loaded>();
  const loading = useRef(false);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const dirty = new Set<string>();
    // One at a time: an older answer that comes late would bring back what was edited since.
    let isLoading = false;
    let isWanted = false;
    const refresh = async () => {
      timer = undefined;
      isWanted = true;
      if (isLoading) return;
      isLoading = true;
      while (isWanted && !gone) {
        isWanted = false;
        await load();
      }
      isLoading = false;
    };
    const load = async () => {
      const touched = [...dirty];
      dirty.clear();
      const newest = await api.messages(me, channel, { limit: pageSize, thread }).catch(() => undefined);
      const oldestNew = newest?.messages[0]?.ts ?? '';
      const older = await Promise.all(
        touched
          .filter((ts) => ts < oldestNew)
          .map((ts) => api.messages(me, channel, { limit: 1, before: justAfter(ts), thread }).catch(() => undefined)),
      );
      if (!gone && newest)
        setLoaded((before) =>
          merge(
            before,
            newest,
            touched,
            older.flatMap((answer) => answer?.messages ?? []),
          ),
        );
    };
    void refresh();
    const stop = subscribe((changes) => {
      const near = changes?.filter((change) => 'channel' in change && change.channel === channel);
      for (const change of near ?? []) if ('ts' in change) dirty.add(change.ts);
      const everything = !changes || changes.some((change) => change.kind === 'reset');
      if (everything) setLoaded(undefined);
      if (everything || near?.some((change) => change.kind !== 'read')) timer ??= setTimeout(refresh, refreshPauseMs);
    });
    return () => {
      gone = true;
      stop();
      clearTimeout(timer);
    };
  }, [me, channel, thread]);

  const loadOlder = useCallback(async () => {
    const first = loaded?.messages[0];
    if (!first || !loaded.hasMore || loading.current) return;
    loading.current = true;
    const older = await api.messages(me, channel, { limit: pageSize, before: first.ts, thread }).catch(() => undefined);
    loading.current = false;
    if (older)
      setLoaded((now) => (now ? { messages: [...older.messages, ...now.messages], hasMore: older.hasMore } : now));
  }, [loaded, me, channel, thread]);

  return { loaded, loadOlder };
}

function merge(before: Loaded | undefined, loaded: Loaded, touched: string[], replaced: ShownMessage[]): Loaded {
  const first = loaded.messages[0];
  if (!before || !first) return loaded;
  const known = new Map(before.messages.map((message) => [message.ts, message]));
  const newest = { ...loaded, messages: loaded.messages.map((message) => unchanged(known.get(message.ts), message)) };
  if (!newest.hasMore) return newest;
  const fresh = new Map(replaced.map((message) => [message.ts, message]));
  const older = before.messages
    .filter((message) => message.ts < first.ts && (!touched.includes(message.ts) || fresh.has(message.ts)))
    .map((message) => fresh.get(message.ts) ?? message);
  // So much arrived at once that the windows no longer meet: start again from the newest.
  if (older.length === 0 || (before.messages.at(-1)?.ts ?? '') < first.ts) return newest;
  return { messages: [...older, ...newest.messages], hasMore: before.hasMore };
}

/** The object of before where it says the same, so that its row is not drawn again. */
function unchanged(before: ShownMessage | undefined, now: ShownMessage): ShownMessage {
  return before && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

function justAfter(ts: string): string {
  const [seconds = '0', micro = '0'] = ts.split('.');
  return micro === '999999'
    ? `${Number(seconds) + 1}.000000`
    : `${seconds}.${String(Number(micro) + 1).padStart(6, '0')}`;
}
