import { useState } from 'preact/hooks';
import { useDirectory } from '../../directory.ts';
import type { Snapshot } from '../../server/screen.ts';
import { clockTime, localDay } from '../../text/format-date.ts';
import { Composer } from '../composer/composer.tsx';
import { Icon } from '../kit/icon.tsx';
import { MessageList } from '../messages/message-list.tsx';
import { cityOf } from '../people/person-switch.tsx';
import { useScreen } from '../screen.ts';

type ChannelRow = Snapshot['channels'][number];

export function Conversation({ channel }: { channel: ChannelRow }) {
  const { snapshot, act } = useScreen();
  const directory = useDirectory();
  const [unread] = useState(channel.unread);
  const other = channel.with ? directory.people.get(channel.with) : undefined;
  const isDirect = channel.kind === 'im' || channel.kind === 'mpim';
  const names = channel.members.filter((id) => id !== snapshot.me.id).map((id) => directory.people.get(id)?.name ?? id);
  const title = isDirect ? (other?.name ?? names.join(', ')) : channel.name;
  const sharedWith = snapshot.connectedTeams
    .filter(({ id }) => channel.connectedTeams.includes(id))
    .map((team) => team.name)
    .join(', ');
  const local =
    other && !other.isBot
      ? `${clockTime(directory.now, { ...directory.viewer, tz: other.tz })} in ${cityOf(other.tz)}`
      : '';
  const nextDay =
    other && localDay(directory.now, other.tz) !== localDay(directory.now, directory.viewer.tz) ? ', another day' : '';

  return (
    <>
      <header class="pane-head">
        <h2>
          {isDirect ? null : <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={17} />}
          {title}
          {other?.kind ? <span class="badge">{other.kind}</span> : null}
          {sharedWith ? <span class="badge">shared with {sharedWith}</span> : null}
        </h2>
        <p class="pane-topic">{isDirect ? `${local}${nextDay}` : channel.topic}</p>
        {isDirect ? null : (
          <span
            class="pane-members"
            title={[...channel.members].map((id) => directory.people.get(id)?.name ?? id).join(', ')}
          >
            {channel.members.length} members
          </span>
        )}
      </header>
      <MessageList
        channel={channel.id}
        unread={unread}
        empty={isDirect ? `This is where you and ${title} talk.` : `This is the start of #${title}.`}
      />
      {channel.isMember ? (
        <Composer channel={channel.id} placeholder={isDirect ? `Message ${title}` : `Message #${title}`} />
      ) : (
        <div class="join-bar">
          <span>
            You are looking at <strong>#{channel.name}</strong>.
          </span>
          <button
            type="button"
            class="button button-primary"
            onClick={() => void act('joinChannel', { channel: channel.id })}
          >
            Join channel
          </button>
        </div>
      )}
    </>
  );
}
