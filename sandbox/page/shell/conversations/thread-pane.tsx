import { Composer } from '../composer/composer.tsx';
import { Icon } from '../kit/icon.tsx';
import { MessageList } from '../messages/message-list.tsx';
import { useScreen } from '../screen.ts';

export function ThreadPane({ channel, ts }: { channel: string; ts: string }) {
  const { openThread, snapshot } = useScreen();
  const name = snapshot.channels.find(({ id }) => id === channel)?.name;
  return (
    <aside class="thread-pane" aria-label="Thread">
      <header class="pane-head">
        <h2>Thread</h2>
        <p class="pane-topic">{name ? `#${name}` : ''}</p>
        <button
          type="button"
          class="icon-button"
          aria-label="Close thread"
          title="Close thread"
          onClick={() => openThread(undefined)}
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      <MessageList channel={channel} thread={ts} />
      <Composer channel={channel} thread={ts} placeholder="Reply…" />
    </aside>
  );
}
