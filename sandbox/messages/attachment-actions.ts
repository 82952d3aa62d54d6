import type { Message } from '../state/model.ts';
import { textOrEmpty } from '../text/in-text.ts';

type Loose = { [key: string]: unknown };

export type AttachmentOption = { text: string; value: string };

/** A button or a menu of a legacy attachment, as far as an app filled it in. */
export type AttachmentAction = {
  /** Which attachment it belongs to, from 1 on. */
  attachment: number;
  callbackId: string;
  name: string;
  type: 'button' | 'select';
  text: string;
  value: string;
  style: string;
  options: AttachmentOption[];
  /** What a menu offers instead of its own options. */
  source: 'static' | 'users' | 'channels' | 'conversations';
  confirm: { title: string; text: string; ok: string; dismiss: string } | undefined;
};

const objectsIn = (value: unknown): Loose[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];

const optionOf = ({ text, value }: Loose) => ({ text: textOrEmpty(text), value: textOrEmpty(value) });

function confirmOf(confirm: unknown): AttachmentAction['confirm'] {
  if (typeof confirm !== 'object' || confirm === null) return undefined;
  const { title, text, ok_text: ok, dismiss_text: dismiss } = confirm as Loose;
  return {
    title: textOrEmpty(title) || 'Are you sure?',
    text: textOrEmpty(text),
    ok: textOrEmpty(ok) || 'Okay',
    dismiss: textOrEmpty(dismiss) || 'Cancel',
  };
}

function sourceOf(source: unknown): AttachmentAction['source'] {
  return source === 'users' || source === 'channels' || source === 'conversations' ? source : 'static';
}

/** The buttons and menus of one attachment, in the order in which they are shown. */
export function actionsOf(attachment: Loose, index: number): AttachmentAction[] {
  return objectsIn(attachment.actions).map((action) => ({
    attachment: index + 1,
    callbackId: textOrEmpty(attachment.callback_id),
    name: textOrEmpty(action.name),
    type: action.type === 'select' ? 'select' : 'button',
    text: textOrEmpty(action.text),
    value: textOrEmpty(action.value),
    style: textOrEmpty(action.style),
    options: [
      ...objectsIn(action.options),
      ...objectsIn(action.option_groups).flatMap((group) => objectsIn(group.options)),
    ].map(optionOf),
    source: sourceOf(action.data_source),
    confirm: confirmOf(action.confirm),
  }));
}

export const attachmentActions = ({ attachments = [] }: Pick<Message, 'attachments'>): AttachmentAction[] =>
  attachments.flatMap(actionsOf);
