import { memo } from 'preact/compat';
import { useState } from 'preact/hooks';
import type { Message } from '../../../state/model.ts';
import { BlockList } from '../../blocks/block-list.tsx';
import { type Directory, useDirectory } from '../../directory.ts';
import type { ShownMessage } from '../../server/screen.ts';
import { clockTime, fullTime, shortTime } from '../../text/format-date.ts';
import { Emoji } from '../../text/inline.tsx';
import { Mrkdwn } from '../../text/mrkdwn.tsx';
import { useDeeds } from '../deeds.ts';
import { Icon } from '../kit/icon.tsx';
import { Avatar } from '../people/avatar.tsx';
import { Attachments, Files } from './attachments.tsx';
import { Entities } from './entities.tsx';
import { MessageMenu } from './message-menu.tsx';
import { MessageSurface } from './message-surface.tsx';

export type MessageRowProps = {
  message: ShownMessage;
  /** Follows the same author closely: no avatar, no name. */
  tight: boolean;
  where: 'channel' | 'thread';
  /** The viewer followed a permalink to it. */
  isPointed: boolean;
};

export const MessageRow = memo(function MessageRow({ message, tight, where, isPointed }: MessageRowProps) {
  const directory = useDirectory();
  const { act, openThread } = useDeeds();
  // Its menus are built when somebody comes near: a screen full of them would make scrolling slow.
  const [near, setNear] = useState(false);
  const author = authorOf(message, directory);
  const at = new Date(Number(message.ts) * 1000);
  const isReplyInChannel = where === 'channel' && message.threadTs !== undefined && message.threadTs !== message.ts;
  const time = (
    <time class="time" dateTime={at.toISOString()} title={fullTime(at, directory.viewer)}>
      {clockTime(at, directory.viewer)}
    </time>
  );
  return (
    <article
      class={`message${tight ? ' tight' : ''}${message.ephemeralTo ? ' ephemeral' : ''}${isPointed ? ' pointed' : ''}`}
      data-ts={message.ts}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: reaching a message with the keyboard brings up its menu
      tabIndex={0}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
      aria-label={`${author.name}, ${clockTime(at, directory.viewer)}`}
    >
      <div class="message-side">{tight ? time : <Avatar id={author.id} name={author.name} app={author.isApp} />}</div>
      <div class="message-main">
        {message.ephemeralTo ? (
          <div class="only-you">
            <Icon name="eye" size={14} /> Only visible to you
          </div>
        ) : null}
        {isReplyInChannel ? (
          <button
            type="button"
            class="replied"
            onClick={() => openThread({ channel: message.channel, ts: message.threadTs ?? message.ts })}
          >
            replied to a thread
          </button>
        ) : null}
        {tight ? null : (
          <div class="message-head">
            <span class="author">{author.name}</span>
            {author.isApp ? <span class="badge">App</span> : null}
            {author.kind ? <span class="badge">{author.kind}</span> : null}
            {time}
          </div>
        )}
        <MessageBody message={message} where={where} />
        {message.streaming ? <span class="edited">writing…</span> : null}
        {message.edited ? <span class="edited">(edited)</span> : null}
        {message.trouble ? (
          <div class="trouble" role="alert">
            <Icon name="warning" size={14} /> The app did not respond to that.
          </div>
        ) : null}
        {message.reactions.length > 0 ? (
          <div class="reactions">
            {message.reactions.map(({ name, users }) => (
              <button
                key={name}
                type="button"
                class={users.includes(directory.viewer.id) ? 'reaction mine' : 'reaction'}
                aria-label={`${name}, ${users.length}`}
                aria-pressed={users.includes(directory.viewer.id)}
                onClick={() => void act('react', { channel: message.channel, ts: message.ts, emoji: name })}
              >
                <Emoji name={name} /> {users.length}
              </button>
            ))}
          </div>
        ) : null}
        {where === 'channel' && message.replyCount > 0 ? <ThreadLink message={message} /> : null}
        {message.ephemeralTo ? (
          <button
            type="button"
            class="link-button dismiss"
            onClick={() => void act('dismiss', { channel: message.channel, ts: message.ts })}
          >
            Dismiss
          </button>
        ) : null}
      </div>
      {message.ephemeralTo || !near ? null : <MessageMenu message={message} where={where} />}
    </article>
  );
});

function MessageBody({ message, where }: { message: ShownMessage; where: string }) {
  return (
    <MessageSurface message={message} prefix={where}>
      {message.blocks && message.blocks.length > 0 ? (
        <BlockList blocks={message.blocks} />
      ) : (
        <Mrkdwn text={message.thread?.title ?? message.text} />
      )}
      <Entities message={message} />
      <Attachments message={message} />
      <Files files={message.attached} />
    </MessageSurface>
  );
}

function ThreadLink({ message }: { message: Message }) {
  const { openThread } = useDeeds();
  const { people, viewer } = useDirectory();
  const last = message.latestReply ? new Date(Number(message.latestReply) * 1000) : undefined;
  const when = last && shortTime(last, viewer);
  return (
    <button type="button" class="thread-link" onClick={() => openThread({ channel: message.channel, ts: message.ts })}>
      {message.replyUsers.slice(0, 4).map((id) => {
        const person = people.get(id);
        return <Avatar key={id} id={id} name={person?.name ?? '?'} app={person?.isBot ?? false} size={20} />;
      })}
      <span class="thread-count">
        {message.replyCount} {message.replyCount === 1 ? 'reply' : 'replies'}
      </span>
      {when ? <span class="thread-when">Last {when}</span> : null}
    </button>
  );
}

type Author = { id: string; name: string; isApp: boolean; kind: string | undefined };

export function authorOf(message: Message, { people }: Directory): Author {
  const person = people.get(message.user);
  return {
    id: message.user,
    name: message.username ?? person?.name ?? 'Slackbot',
    isApp: message.botId !== undefined || (person?.isBot ?? false),
    kind: person?.kind,
  };
}
