import type { ComponentChildren } from 'preact';
import { emojiGlyph } from '../../messages/emoji.ts';
import { useDirectory } from '../directory.ts';
import { readPermalink } from '../permalink.ts';
import { formatDate } from './format-date.ts';
import type { Inline } from './parse-mrkdwn.ts';

export function InlineText({ nodes }: { nodes: Inline[] }) {
  return nodes.map((node, index) => <InlineNode key={index} node={node} />);
}

function InlineNode({ node }: { node: Inline }) {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'bold':
      return (
        <strong>
          <InlineText nodes={node.children} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <InlineText nodes={node.children} />
        </em>
      );
    case 'strike':
      return (
        <del>
          <InlineText nodes={node.children} />
        </del>
      );
    case 'code':
      return <code>{node.text}</code>;
    case 'link':
      return <SafeLink url={node.url}>{node.label ?? node.url}</SafeLink>;
    case 'user':
      return <UserMention id={node.id} label={node.label} />;
    case 'channel':
      return <ChannelMention id={node.id} label={node.label} />;
    case 'usergroup':
      return <UsergroupMention id={node.id} label={node.label} />;
    case 'broadcast':
      return <span class="mention mention-loud">@{node.range}</span>;
    case 'date':
      return <DateText seconds={node.seconds} format={node.format} url={node.url} fallback={node.fallback} />;
    case 'emoji':
      return <Emoji name={node.name} />;
  }
}

/** A permalink to a message that the viewer can read opens it here; everything else opens elsewhere. */
export function SafeLink({ url, children }: { url: string; children: ComponentChildren }) {
  const { channels, directs, openMessage } = useDirectory();
  const message = readPermalink(url);
  if (message && (channels.has(message.channel) || directs.has(message.channel)))
    return (
      <a
        href={url}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          openMessage(message);
        }}
      >
        {children}
      </a>
    );
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

export function UserMention({ id, label }: { id: string; label?: string | undefined }) {
  const { people, viewer } = useDirectory();
  const name = people.get(id)?.name ?? label ?? 'someone';
  return <span class={id === viewer.id ? 'mention mention-me' : 'mention'}>@{name}</span>;
}

export function ChannelMention({ id, label }: { id: string; label?: string | undefined }) {
  const { channels, openConversation } = useDirectory();
  const name = channels.get(id)?.name ?? label;
  if (!name) return <span class="mention">private channel</span>;
  return (
    <button type="button" class="mention mention-link" onClick={() => openConversation(id)}>
      #{name}
    </button>
  );
}

export function UsergroupMention({ id, label }: { id: string; label?: string | undefined }) {
  const { usergroups } = useDirectory();
  return <span class="mention">@{(usergroups.get(id) ?? label ?? 'group').replace(/^@/, '')}</span>;
}

export function Emoji({ name }: { name: string }) {
  const glyph = emojiGlyph(name);
  if (!glyph) return <span class="shortcode">:{name}:</span>;
  return (
    <span role="img" aria-label={name.replaceAll('_', ' ')} class="emoji">
      {glyph}
    </span>
  );
}

type DateTextProps = { seconds: number; format: string; url?: string | undefined; fallback: string };

export function DateText({ seconds, format, url, fallback }: DateTextProps) {
  const { now, viewer } = useDirectory();
  const at = new Date(seconds * 1000);
  const words = formatDate(format, at, now, viewer);
  if (words === undefined) return <span>{fallback}</span>;
  const time = (
    <time dateTime={at.toISOString()} title={`${at.toISOString()} · ${viewer.tz}`}>
      {words}
    </time>
  );
  return url && /^https?:\/\//.test(url) ? <SafeLink url={url}>{time}</SafeLink> : time;
}
