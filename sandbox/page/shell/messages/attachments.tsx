import type { Block } from '../../../blocks/block.ts';
import { type AttachmentAction, actionsOf } from '../../../messages/attachment-actions.ts';
import type { Message } from '../../../state/model.ts';
import { textOrEmpty } from '../../../text/in-text.ts';
import { BlockList } from '../../blocks/block-list.tsx';
import type { ShownFile } from '../../server/screen.ts';
import { SafeLink } from '../../text/inline.tsx';
import { Mrkdwn, PlainText } from '../../text/mrkdwn.tsx';
import { isSafeUrl } from '../../text/parse-mrkdwn.ts';
import { AttachmentControls } from './attachment-controls.tsx';

type Attachment = NonNullable<Message['attachments']>[number];

export function Attachments({ message }: { message: Message }) {
  return message.attachments?.map((attachment, index) => (
    <AttachmentView key={index} attachment={attachment} actions={actionsOf(attachment, index)} message={message} />
  ));
}

const words = (attachment: Attachment, key: string) =>
  typeof attachment[key] === 'string' && attachment[key] !== '' ? attachment[key] : undefined;

type AttachmentViewProps = { attachment: Attachment; actions: AttachmentAction[]; message: Message };

function AttachmentView({ attachment, actions, message }: AttachmentViewProps) {
  const has = (key: string) => words(attachment, key);
  const text = has('text') ?? (has('title') || has('image_url') ? undefined : has('fallback'));
  const [, hex] = /^#?([0-9a-f]{6})$/i.exec(has('color') ?? '') ?? [];
  const color = hex && `#${hex}`;
  return (
    <div class="attachment" style={{ borderInlineStartColor: color }}>
      {has('pretext') ? <Mrkdwn text={has('pretext') ?? ''} /> : null}
      {has('author_name') ? (
        <div class="attachment-author">{linked(has('author_name'), has('author_link'))}</div>
      ) : null}
      {has('title') ? <strong>{linked(has('title'), has('title_link') ?? has('from_url'))}</strong> : null}
      {Array.isArray(attachment.blocks) ? <BlockList blocks={attachment.blocks as Block[]} /> : null}
      {text && !Array.isArray(attachment.blocks) ? <Mrkdwn text={text} /> : null}
      <Fields fields={Array.isArray(attachment.fields) ? attachment.fields : []} />
      <Picture address={has('image_url')} title={has('title') ?? has('fallback')} size="full" />
      <Picture address={has('thumb_url')} title={has('title') ?? has('fallback')} size="accessory" />
      {actions.length > 0 ? <AttachmentControls actions={actions} message={message} /> : null}
      {has('footer') ? (
        <div class="hint">
          <PlainText text={has('footer') ?? ''} />
        </div>
      ) : null}
    </div>
  );
}

function linked(text = '', address: string | undefined) {
  return address && isSafeUrl(address) ? <SafeLink url={address}>{text}</SafeLink> : <PlainText text={text} />;
}

function Fields({ fields }: { fields: (Attachment | null)[] }) {
  if (fields.length === 0) return null;
  return (
    <dl class="attachment-fields">
      {fields.map((field, index) => (
        <div key={index} class={field?.short ? 'short' : undefined}>
          <dt>{textOrEmpty(field?.title)}</dt>
          <dd>
            <Mrkdwn text={textOrEmpty(field?.value)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type PictureProps = { address: string | undefined; title: string | undefined; size: 'full' | 'accessory' };

function Picture({ address, title = '', size }: PictureProps) {
  if (!address || !isSafeUrl(address)) return null;
  return <img class={`image image-${size}`} src={address} alt={title} loading="lazy" />;
}

export function Files({ files }: { files: ShownFile[] | undefined }) {
  if (!files || files.length === 0) return null;
  return (
    <div class="files">
      {files.map(({ id, name, mimetype }) => {
        const address = `/sandbox/files/${encodeURIComponent(id)}`;
        const isPicture = /^image\/(png|jpeg|gif)$/.test(mimetype);
        return (
          <a key={id} class={isPicture ? 'file file-picture' : 'file'} href={address} target="_blank" rel="noreferrer">
            {isPicture ? <img src={address} alt={name} loading="lazy" /> : name}
          </a>
        );
      })}
    </div>
  );
}
