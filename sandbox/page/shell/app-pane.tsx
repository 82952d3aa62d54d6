import { useEffect, useRef } from 'preact/hooks';
import type { Message } from '../../state/model.ts';
import { BlockList } from '../blocks/block-list.tsx';
import type { Snapshot } from '../server/screen.ts';
import { Composer } from './composer/composer.tsx';
import { ScrollRegion } from './kit/scroll-region.tsx';
import { MessageList } from './messages/message-list.tsx';
import { Prompts } from './messages/thread-notes.tsx';
import { type Drafts, ViewSurface } from './modals/view-surface.tsx';
import { Avatar } from './people/avatar.tsx';
import { useScreen } from './screen.ts';

type ChannelRow = Snapshot['channels'][number];

/** The app itself: its Home tab and the direct messages with it. */
export function AppPane({ tab, channel }: { tab: 'home' | 'messages'; channel: ChannelRow | undefined }) {
  const { snapshot, act, go } = useScreen();
  const { app, channels, install } = snapshot;
  const home = app.manifest.features?.app_home;
  const dm = channel ?? channels.find((one) => one.with === app.botUserId);

  useEffect(() => {
    if (!install.isInstalled) return;
    if (tab === 'messages') void act('openMessagesTab');
    else if (home?.home_tab_enabled) void act('openHome');
  }, [tab]);
  const tabs = [
    { id: 'home', label: 'Home', open: () => go({ kind: 'home' }) },
    {
      id: 'messages',
      label: 'Messages',
      open: () => void act('openMessagesTab').then(() => dm && go({ kind: 'channel', id: dm.id })),
    },
  ];
  return (
    <>
      <header class="pane-head app-head">
        <Avatar id={app.id} name={app.name} app size={28} />
        <h2>{app.name}</h2>
        <div class="tabs" role="toolbar" aria-label={`${app.name} tabs`}>
          {tabs.map(({ id, label, open }) => (
            <button key={id} type="button" aria-pressed={tab === id} class="tab" onClick={open}>
              {label}
            </button>
          ))}
        </div>
      </header>
      {tab === 'home' ? <HomeTab enabled={home?.home_tab_enabled === true} /> : null}
      {tab === 'messages' && dm ? (
        <>
          <MessageList
            key={dm.id}
            channel={dm.id}
            unread={dm.unread}
            empty={`This is where you and ${app.name} talk.`}
          />
          {app.manifest.features?.assistant_view ? <NewTalk channel={dm} /> : null}
          {home?.messages_tab_enabled && home.messages_tab_read_only_enabled !== true ? (
            <Composer channel={dm.id} placeholder={`Message ${app.name}`} />
          ) : (
            <p class="join-bar">Sending messages to this app has been turned off.</p>
          )}
        </>
      ) : null}
    </>
  );
}

/** An assistant answers in threads: here one begins a new one, or asks what it offers to be asked. */
function NewTalk({ channel }: { channel: ChannelRow }) {
  const { act, openThread } = useScreen();
  const start = async () => {
    const root = await act<Message>('openAssistant');
    if (root) openThread({ channel: root.channel, ts: root.ts });
  };
  return (
    <div class="new-talk">
      <Prompts title={channel.prompts?.promptsTitle} prompts={channel.prompts?.prompts} channel={channel.id} />
      <button type="button" class="button" onClick={() => void start()}>
        New chat
      </button>
    </div>
  );
}

function HomeTab({ enabled }: { enabled: boolean }) {
  const { snapshot } = useScreen();
  const drafts = useRef<Drafts>(new Map());
  const view = snapshot.home;
  if (!enabled) return <p class="quiet">The manifest of {snapshot.app.name} has no Home tab.</p>;
  if (!view) return <p class="quiet">{snapshot.app.name} has not published a Home tab for you yet.</p>;
  return (
    <ScrollRegion className="home-scroll" label="Home tab">
      <div class="home">
        <ViewSurface view={view} drafts={drafts}>
          <BlockList blocks={view.blocks} />
        </ViewSurface>
      </div>
    </ScrollRegion>
  );
}
