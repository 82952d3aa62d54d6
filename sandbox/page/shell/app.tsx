import { useEffect, useMemo, useState } from 'preact/hooks';
import { DirectoryContext } from '../directory.ts';
import { remember, remembered } from '../remembered.ts';
import type { Snapshot } from '../server/screen.ts';
import { AppPane } from './app-pane.tsx';
import { Inspector } from './controls/inspector.tsx';
import { TopBar } from './controls/top-bar.tsx';
import { Conversation } from './conversations/conversation.tsx';
import { NewConversation } from './conversations/new-conversation.tsx';
import { Rail } from './conversations/rail.tsx';
import { ThreadPane } from './conversations/thread-pane.tsx';
import { DeedsContext } from './deeds.ts';
import { Toasts } from './kit/toasts.tsx';
import { ModalStack } from './modals/modal-stack.tsx';
import { useDirectoryOf } from './people/use-directory-of.ts';
import { ScreenContext } from './screen.ts';
import { type SandboxFeed, useSandbox } from './use-sandbox.ts';
import { addressOf, useNow, useScreenState } from './use-screen-state.ts';

export function App() {
  const feed = useSandbox();
  if (!feed.snapshot) {
    return (
      <main class="waiting">
        <p role="status">{feed.failure ?? 'Opening the workspace…'}</p>
      </main>
    );
  }
  return <Workspace feed={feed} snapshot={feed.snapshot} />;
}

function Workspace({ feed, snapshot }: { feed: SandboxFeed; snapshot: Snapshot }) {
  const { screen, toasts, dismiss } = useScreenState(feed, snapshot);
  const now = useNow(snapshot);
  const directory = useDirectoryOf(screen, now);
  const { act, openThread } = screen;
  const deeds = useMemo(() => ({ act, openThread, me: snapshot.me.id }), [act, openThread, snapshot.me.id]);
  const [inspecting, setInspecting] = useState(remembered('inspector') === 'open');
  const { place, thread } = screen;
  // Only narrow windows fold the rail; whoever went somewhere wants to read there.
  const [isRailOpen, openRail] = useState(false);
  useEffect(() => openRail(false), [addressOf(place)]);
  const channel = place.kind === 'channel' ? snapshot.channels.find(({ id }) => id === place.id) : undefined;
  const person = place.kind === 'person' ? snapshot.users.find(({ id }) => id === place.id) : undefined;
  const isAppDm = channel?.with === snapshot.app.botUserId;

  useEffect(() => {
    document.title = `${channel ? (channel.name ? `#${channel.name}` : 'Direct message') : snapshot.app.name} · Local sandbox`;
  }, [channel?.id, place.kind]);
  const inspect = (open: boolean) => {
    remember('inspector', open ? 'open' : 'closed');
    setInspecting(open);
  };

  return (
    <ScreenContext.Provider value={screen}>
      <DirectoryContext.Provider value={directory}>
        <DeedsContext.Provider value={deeds}>
          <div class="shell">
            <TopBar
              now={now}
              become={feed.become}
              inspecting={inspecting}
              inspect={inspect}
              failure={feed.failure}
              isRailOpen={isRailOpen}
              openRail={openRail}
            />
            <Rail isOpen={isRailOpen} />
            <main class="main">
              {person ? <NewConversation key={person.id} person={person} /> : null}
              {place.kind === 'home' || isAppDm ? (
                <AppPane key={snapshot.me.id} tab={place.kind === 'home' ? 'home' : 'messages'} channel={channel} />
              ) : channel ? (
                <Conversation key={`${snapshot.me.id}-${channel.id}`} channel={channel} />
              ) : null}
            </main>
            {thread ? (
              <ThreadPane key={`${snapshot.me.id}-${thread.ts}`} channel={thread.channel} ts={thread.ts} />
            ) : null}
            {inspecting ? <Inspector onClose={() => inspect(false)} /> : null}
            <ModalStack />
            <Toasts toasts={toasts} dismiss={dismiss} />
          </div>
        </DeedsContext.Provider>
      </DirectoryContext.Provider>
    </ScreenContext.Provider>
  );
}
