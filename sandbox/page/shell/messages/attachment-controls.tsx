import { useState } from 'preact/hooks';
import type { AttachmentAction } from '../../../messages/attachment-actions.ts';
import type { Message } from '../../../state/model.ts';
import { useDirectory } from '../../directory.ts';
import { PlainText } from '../../text/mrkdwn.tsx';
import { useDeeds } from '../deeds.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';

type Asked = { action: AttachmentAction; value: string };

/** The buttons and menus of a legacy attachment. */
export function AttachmentControls({ actions, message }: { actions: AttachmentAction[]; message: Message }) {
  const { act } = useDeeds();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<Asked>();

  const send = async ({ action, value }: Asked) => {
    setBusy(true);
    const { name, text, attachment, type } = action;
    const target = { name, attachment, value, ...(type === 'button' ? { text } : {}) };
    await act('press', { channel: message.channel, ts: message.ts, target, confirm: true });
    setBusy(false);
  };
  const choose = (action: AttachmentAction, value: string) => {
    if (action.confirm) setAsked({ action, value });
    else void send({ action, value });
  };
  const answer = (agreed: boolean) => {
    setAsked(undefined);
    if (agreed && asked) void send(asked);
  };
  const confirm = asked?.action.confirm;
  return (
    <div class="attachment-actions">
      {actions.map((action, index) =>
        action.type === 'select' ? (
          <MenuOf key={index} action={action} busy={busy} choose={(value) => choose(action, value)} />
        ) : (
          <button
            key={index}
            type="button"
            class={`button${{ primary: ' button-primary', danger: ' button-danger' }[action.style] ?? ''}`}
            disabled={busy}
            onClick={() => choose(action, action.value)}
          >
            <PlainText text={action.text} />
          </button>
        ),
      )}
      {confirm ? <ConfirmDialog confirm={confirmOf(confirm)} onAnswer={answer} /> : null}
    </div>
  );
}

type MenuOfProps = { action: AttachmentAction; busy: boolean; choose: (value: string) => void };

function MenuOf({ action, busy, choose }: MenuOfProps) {
  const { people, channels } = useDirectory();
  const offered = {
    static: action.options,
    users: [...people.values()].filter(({ isActive }) => isActive).map(({ id, name }) => ({ value: id, text: name })),
    channels: [...channels.values()].map(({ id, name }) => ({ value: id, text: `#${name}` })),
    conversations: [...channels.values()].map(({ id, name }) => ({ value: id, text: `#${name}` })),
  }[action.source];
  return (
    <select
      class="field"
      aria-label={action.text || action.name}
      disabled={busy}
      value=""
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    >
      <option value="" disabled>
        {action.text || 'Choose…'}
      </option>
      {offered.map(({ value, text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

const confirmOf = ({ title, text, ok, dismiss }: NonNullable<AttachmentAction['confirm']>) => ({
  title: plain(title),
  text: plain(text),
  confirm: plain(ok),
  deny: plain(dismiss),
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
