import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ModalView } from '../../state/model.ts';
import { api } from '../api.ts';
import { type Pointed, readPermalink } from '../permalink.ts';
import type { Snapshot } from '../server/screen.ts';
import type { Place, Screen } from './screen.ts';
import type { SandboxFeed } from './use-sandbox.ts';

const toastMs = 8_000;
const tickMs = 10_000;

/** Slack's own voice: nobody can be it, choose it or write to it here. */
export const SLACKBOT = 'USLACKBOT';

export type Toast = { id: number; words: string };

export function useScreenState(feed: SandboxFeed, snapshot: Snapshot) {
  const [asked, setAsked] = useState<Place>(() => placeInAddress());
  const [thread, openThread] = useState<Screen['thread']>();
  const [pointed, setPointed] = useState<Pointed>();
  const [toasts, setToasts] = useState<Toast[]>([]);
  const nextToast = useRef(1);
  const place = reachable(asked, snapshot);

  useEffect(() => {
    const follow = () => setAsked(placeInAddress());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => openThread(undefined), [snapshot.me.id]);

  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const say = useCallback((words: string) => {
    const id = nextToast.current++;
    setToasts((all) => [...all.slice(-2), { id, words }]);
    setTimeout(() => dismiss(id), toastMs);
  }, []);
  const attempt = useCallback(async <T>(work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }, []);
  const me = snapshot.me.id;
  const underWay = useRef(new Set<Promise<unknown>>());
  const leaving = useRef<Promise<unknown>>(Promise.resolve());
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const act = useCallback(
    <T = unknown>(verb: string, args?: Record<string, unknown>) => {
      // A form that is being closed must be closed before what the person does next.
      const work = leaving.current.then(() => attempt(api.verb<T>(verb, me, args)));
      underWay.current.add(work);
      void work.finally(() => underWay.current.delete(work));
      return work;
    },
    [me],
  );
  const leave = useCallback(
    (verb: 'cancel' | 'closeAll', view: ModalView) => {
      const all = verb === 'closeAll' || view.clearOnClose;
      const ids = all ? snapshot.modals.map(({ id }) => id) : [view.id];
      setLeft((before) => new Set([...before, ...ids]));
      const work = act(verb, { view: view.id });
      leaving.current = work;
      void work.then((done) => {
        if (done === undefined) setLeft((before) => new Set([...before].filter((id) => !ids.includes(id))));
      });
    },
    [act, snapshot.modals],
  );
  const settled = useCallback(async () => void (await Promise.allSettled(underWay.current)), []);
  const go = useCallback((next: Place) => {
    location.hash = addressOf(next);
    setAsked(next);
    openThread(undefined);
    setPointed(undefined);
  }, []);
  const openMessage = useCallback((message: Pointed) => {
    go({ kind: 'channel', id: message.channel });
    setPointed(message);
    if (message.thread && message.thread !== message.ts) openThread({ channel: message.channel, ts: message.thread });
  }, []);
  useEffect(() => {
    const message = readPermalink(location.href);
    if (!message) return;
    history.replaceState(null, '', '/');
    openMessage(message);
  }, []);
  const screen: Screen = {
    snapshot,
    place,
    go,
    thread,
    openThread,
    pointed,
    openMessage,
    subscribe: feed.subscribe,
    act,
    modals: snapshot.modals.filter(({ id }) => !left.has(id)),
    leave,
    settled,
    attempt,
    say,
  };
  return { screen, toasts, dismiss };
}

export function addressOf(place: Place): string {
  return place.kind === 'home' ? '#/home' : place.kind === 'person' ? `#/with/${place.id}` : `#/${place.id}`;
}

function placeInAddress(): Place {
  const path = location.hash.replace(/^#\/?/, '');
  if (path === 'home') return { kind: 'home' };
  return path.startsWith('with/') ? { kind: 'person', id: path.slice(5) } : { kind: 'channel', id: path };
}

function reachable(place: Place, { channels, users, app }: Snapshot): Place {
  if (place.kind === 'home' || channels.some((channel) => channel.id === place.id)) return place;
  if (place.kind === 'person') {
    const direct = channels.find((channel) => channel.with === place.id);
    if (direct) return { kind: 'channel', id: direct.id };
    if (users.some((user) => user.id === place.id)) return place;
  }
  const joined = channels.filter((channel) => channel.isMember && channel.kind === 'public');
  const first = joined.find((channel) => channel.members.includes(app.botUserId)) ?? joined[0] ?? channels[0];
  return first ? { kind: 'channel', id: first.id } : { kind: 'home' };
}

/** The sandbox's present, which goes on between snapshots while its clock is live. */
export function useNow(snapshot: Snapshot): Date {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    setPassed(0);
    if (!snapshot.live) return;
    const since = performance.now();
    const timer = setInterval(() => setPassed(performance.now() - since), tickMs);
    return () => clearInterval(timer);
  }, [snapshot]);
  return useMemo(() => new Date(snapshot.now + passed), [snapshot.now, passed]);
}
