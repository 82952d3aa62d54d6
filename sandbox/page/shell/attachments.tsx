import type { Block } from '../../model.ts';
import { BlockList } from '../blocks/block-list.tsx';
import { Mrkdwn, PlainText } from '../text/mrkdwn.tsx';

export function Attachments({ attachments }: { attachments: { [key: string]: unknown }[] | undefined }) {
  if (!attachments) return null;
  return attachments.map((attachment, index) => {
    const color = /^#?[0-9a-f]{6}$/i.test(String(attachment.color))
      ? `#${String(attachment.color).replace('#', '')}`
      : undefined;
    const words = (key: string) => (typeof attachment[key] === 'string' ? (attachment[key] as string) : undefined);
    const [title, text, footer] = [words('title'), words('text') ?? words('fallback'), words('footer')];
    return (
      <div key={index} class="attachment" style={{ borderInlineStartColor: color }}>
        {words('pretext') ? <Mrkdwn text={words('pretext') ?? ''} /> : null}
        {title ? (
          <strong>
            <PlainText text={title} />
          </strong>
        ) : null}
        {Array.isArray(attachment.blocks) ? (
          <BlockList blocks={attachment.blocks as Block[]} />
        ) : text ? (
          <Mrkdwn text={text} />
        ) : null}
        {footer ? (
          <div class="hint">
            <PlainText text={footer} />
          </div>
        ) : null}
      </div>
    );
  });
}

export function Files({ files }: { files: string[] }) {
  if (files.length === 0) return null;
  return (
    <div class="files">
      {files.map((id) => (
        <a key={id} class="file" href={`/sandbox/files/${encodeURIComponent(id)}`} target="_blank" rel="noreferrer">
          <object data={`/sandbox/files/${encodeURIComponent(id)}`} type="image/png" aria-label="Shared file">
            File {id}
          </object>
        </a>
      ))}
    </div>
  );
}
