import { useState } from 'preact/hooks';
import { hasCommands } from '../../../people/roles.ts';
import type { Message } from '../../../state/model.ts';
import { withEmoji } from '../../text/mrkdwn.tsx';
import { Icon } from '../kit/icon.tsx';
import { Menu, type MenuItem } from '../kit/menu.tsx';
import { useScreen } from '../screen.ts';
import { EditDialog } from './edit-dialog.tsx';

const quickReactions = ['eyes', 'white_check_mark', '+1', 'tada'];

export function MessageMenu({ message, where }: { message: Message; where: 'channel' | 'thread' }) {
  const { snapshot, act, openThread, say } = useScreen();
  const [open, setOpen] = useState(false);
  const [editing, setEditing] = useState(false);
  const here = { channel: message.channel, ts: message.ts };
  const mine = message.user === snapshot.me.id;
  const offered = hasCommands(snapshot.me) ? snapshot.app.manifest.features?.shortcuts : undefined;
  const shortcuts = (offered ?? []).filter((shortcut) => shortcut.type === 'message');
  const edited = (text: string | undefined) => {
    setEditing(false);
    if (text !== undefined) void act('edit', { ...here, text });
  };
  const items: (MenuItem | 'divider')[] = [
    ...shortcuts.map((shortcut) => ({
      label: shortcut.name,
      hint: snapshot.app.name,
      run: () => void act('messageShortcut', { ...here, callbackId: shortcut.callback_id }),
    })),
    ...(shortcuts.length > 0 ? (['divider'] as const) : []),
    {
      label: 'Copy timestamp',
      hint: message.ts,
      run: () => void navigator.clipboard?.writeText(message.ts).then(() => say('Copied.')),
    },
    ...(mine
      ? [
          { label: 'Edit message', run: () => setEditing(true) },
          { label: 'Delete message', danger: true, run: () => void act('remove', here) },
        ]
      : []),
  ];
  return (
    <div class={`message-menu${open ? ' open' : ''}`} role="toolbar" aria-label="Message actions">
      <Menu
        label="Add reaction"
        items={quickReactions.map((emoji) => ({
          label: withEmoji(`:${emoji}:`),
          hint: emoji.replaceAll('_', ' '),
          run: () => void act('react', { ...here, emoji }),
        }))}
        onOpenChange={setOpen}
      >
        <Icon name="smile" size={16} />
      </Menu>
      {where === 'channel' ? (
        <button
          type="button"
          class="icon-button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => openThread({ channel: message.channel, ts: message.threadTs ?? message.ts })}
        >
          <Icon name="reply" size={16} />
        </button>
      ) : null}
      <Menu label="More message actions" items={items} onOpenChange={setOpen}>
        <Icon name="more" size={16} />
      </Menu>
      {editing ? <EditDialog text={message.text} onClose={edited} /> : null}
    </div>
  );
}
