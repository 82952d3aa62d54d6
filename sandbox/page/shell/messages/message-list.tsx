import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../../state/model.ts';
import { useDirectory } from '../../directory.ts';
import type { Pointed } from '../../permalink.ts';
import { dayTitle, localDay } from '../../text/format-date.ts';
import { ScrollRegion } from '../kit/scroll-region.tsx';
import { useScreen } from '../screen.ts';
import { MessageRow } from './message-row.tsx';
import { ThreadNotes } from './thread-notes.tsx';
import { pageSize, useMessages } from './use-messages.ts';

// Rows that come in one frame, and rows that are in the document at most.
const step = 40;
const mostShown = 240;
const nearEdgePx = 1_200;
const tightMs = 5 * 60_000;

type MessageListProps = { channel: string; thread?: string; unread?: number; empty?: string };

/** A window of messages is in the document, however many the channel has. */
export function MessageList({ channel, thread, unread = 0, empty }: MessageListProps) {
  const { act, snapshot, pointed, openThread } = useScreen();
  const { viewer, now } = useDirectory();
  const { loaded, loadOlder } = useMessages(channel, thread);
  const messages = loaded?.messages ?? [];
  const [range, setRange] = useState({ count: 2 * step, skipped: 0 });
  const [firstUnread, setFirstUnread] = useState<string>();
  const scroller = useRef<HTMLElement>(null);
  const anchor = useRef<{ ts: string; top: number } | undefined>(undefined);
  const atBottom = useRef(true);
  const newestTs = messages.at(-1)?.ts;

  const end = messages.length - range.skipped;
  const start = Math.max(0, end - range.count);
  const shown = messages.slice(start, end);

  useEffect(() => {
    if (loaded && firstUnread === undefined) setFirstUnread(unreadFrom(messages, unread, snapshot.me.id) ?? '');
  }, [loaded]);
  useEffect(() => {
    if (newestTs && !thread && document.visibilityState === 'visible') void act('markRead', { channel });
  }, [newestTs, channel]);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const held = anchor.current && box.querySelector(`[data-ts="${anchor.current.ts}"]`);
    if (atBottom.current && range.skipped === 0) box.scrollTop = box.scrollHeight;
    else if (held && anchor.current) box.scrollTop += held.getBoundingClientRect().top - anchor.current.top;
    anchor.current = undefined;
  }, [shown.length, shown[0]?.ts, newestTs, range]);
  useEffect(() => {
    const box = scroller.current;
    const inner = box?.firstElementChild;
    if (!box || !inner) return;
    // Images and charts grow after they are drawn; whoever reads the newest message stays there.
    const grown = new ResizeObserver(() => {
      if (atBottom.current) box.scrollTop = box.scrollHeight;
    });
    grown.observe(inner);
    return () => grown.disconnect();
  }, []);

  const shownPoint = useRef<Pointed | undefined>(undefined);
  useEffect(() => {
    const isHere =
      pointed?.channel === channel && (thread !== undefined || !pointed.thread || pointed.thread === pointed.ts);
    if (!loaded || !pointed || !isHere || shownPoint.current === pointed) return;
    const row = scroller.current?.querySelector(`[data-ts="${pointed.ts}"]`);
    const index = messages.findIndex(({ ts }) => ts === pointed.ts);
    if (row) {
      shownPoint.current = pointed;
      atBottom.current = false;
      row.scrollIntoView({ block: 'center' });
    } else if (index >= 0) setRange({ count: 2 * step, skipped: Math.max(0, messages.length - index - step) });
    else if (!thread) {
      // Further back than what is loaded: the thread pane shows any message by itself.
      shownPoint.current = pointed;
      openThread({ channel, ts: pointed.ts });
    }
  }, [loaded, pointed, range]);

  const hold = (edge: 'first' | 'last') => {
    const rows = scroller.current?.querySelectorAll<HTMLElement>('[data-ts]');
    const row = edge === 'first' ? rows?.[0] : rows?.[rows.length - 1];
    if (row) anchor.current = { ts: row.dataset.ts ?? '', top: row.getBoundingClientRect().top };
  };
  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    const below = box.scrollHeight - box.scrollTop - box.clientHeight;
    atBottom.current = below < 24 && range.skipped === 0;
    // Asked for before it is needed, so that the reader does not wait at the edge.
    if (!atBottom.current && start < pageSize && box.scrollTop < 3 * nearEdgePx && loaded?.hasMore) void loadOlder();
    if (box.scrollTop < nearEdgePx && start > 0) {
      hold('first');
      setRange(({ count, skipped }) => {
        const over = Math.max(0, count + step - mostShown);
        return { count: Math.min(count + step, mostShown), skipped: skipped + over };
      });
    } else if (below < nearEdgePx && range.skipped > 0) {
      hold('last');
      setRange(({ count, skipped }) => ({ count, skipped: Math.max(0, skipped - step) }));
    }
  };
  // At the very top no further scroll event comes, so whatever was loaded has to ask again.
  useEffect(() => {
    if (!atBottom.current) onScroll();
  }, [loaded, range]);

  return (
    <ScrollRegion className="message-scroll" scrollRef={scroller} onScroll={onScroll} label="Messages" live>
      <div class="message-list">
        {loaded && !loaded.hasMore && start === 0 && empty ? <p class="channel-start">{empty}</p> : null}
        {shown.map((message, index) => {
          const before = shown[index - 1];
          const at = new Date(Number(message.ts) * 1000);
          const newDay = !thread && (!before || dayOf(before, viewer.tz) !== dayOf(message, viewer.tz));
          return (
            <div key={message.ts}>
              {newDay ? (
                <div class="day">
                  <span>{dayTitle(at, now, viewer)}</span>
                </div>
              ) : null}
              {message.ts === firstUnread ? (
                <div class="new-mark">
                  <span>New</span>
                </div>
              ) : null}
              <MessageRow
                message={message}
                tight={!newDay && follows(message, before)}
                where={thread ? 'thread' : 'channel'}
                isPointed={pointed?.ts === message.ts && pointed.channel === channel}
              />
              {thread && index === 0 && start === 0 && shown.length > 1 ? (
                <div class="replies-mark">
                  <span>
                    {shown.length - 1} {shown.length === 2 ? 'reply' : 'replies'}
                  </span>
                </div>
              ) : null}
            </div>
          );
        })}
        {thread && messages[0]?.thread ? <ThreadNotes root={messages[0]} /> : null}
      </div>
    </ScrollRegion>
  );
}

const dayOf = (message: Message, tz: string) => localDay(new Date(Number(message.ts) * 1000), tz);

function follows(message: Message, before: Message | undefined): boolean {
  if (!before || before.user !== message.user || before.ephemeralTo !== message.ephemeralTo) return false;
  const closely = (Number(message.ts) - Number(before.ts)) * 1000 < tightMs;
  return (
    closely &&
    before.username === message.username &&
    before.replyCount === 0 &&
    !before.subtype &&
    !message.subtype &&
    !message.ephemeralTo
  );
}

function unreadFrom(messages: Message[], unread: number, me: string): string | undefined {
  const others = messages.filter(
    (message) => message.user !== me && !message.ephemeralTo && (!message.threadTs || message.threadTs === message.ts),
  );
  return unread > 0 ? others.at(-Math.min(unread, others.length))?.ts : undefined;
}
