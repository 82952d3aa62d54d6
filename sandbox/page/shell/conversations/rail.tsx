import type { ComponentChildren } from 'preact';
import type { Snapshot } from '../../server/screen.ts';
import { Icon } from '../kit/icon.tsx';
import { Menu } from '../kit/menu.tsx';
import { Avatar } from '../people/avatar.tsx';
import { type Place, useScreen } from '../screen.ts';
import { addressOf, SLACKBOT } from '../use-screen-state.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';

type ChannelRow = Snapshot['channels'][number];

export function Rail({ isOpen }: { isOpen: boolean }) {
  const { snapshot, act, go, place } = useScreen();
  const { channels, app, users, team } = snapshot;
  const open = channels.filter(({ archived }) => !archived);
  const joined = open.filter(
    (channel) => channel.isMember && (channel.kind === 'public' || channel.kind === 'private'),
  );
  const others = open.filter((channel) => !channel.isMember && channel.kind === 'public');
  const direct = open.filter(
    (channel) => (channel.kind === 'im' || channel.kind === 'mpim') && channel.with !== app.botUserId,
  );
  const appDm = open.find((channel) => channel.with === app.botUserId);
  const people = new Map(users.map((user) => [user.id, user.realName || user.name]));
  const strangers = users.filter(
    (user) =>
      !user.isBot &&
      !user.deleted &&
      user.id !== SLACKBOT &&
      user.id !== snapshot.me.id &&
      !direct.some((channel) => channel.with === user.id),
  );
  const byName = (a: ChannelRow, b: ChannelRow) => a.name.localeCompare(b.name, 'en');
  const titleOf = (channel: ChannelRow) =>
    channel.with
      ? (people.get(channel.with) ?? channel.with)
      : channel.members
          .filter((id) => id !== snapshot.me.id)
          .map((id) => people.get(id) ?? id)
          .join(', ');

  return (
    <nav class={isOpen ? 'rail rail-open' : 'rail'} aria-label="Workspace">
      <div class="rail-head">
        <h1>{team.name}</h1>
        <WorkspaceMenu />
      </div>
      {snapshot.organisation ? <p class="rail-note">{snapshot.organisation.name}</p> : null}
      {snapshot.install.isInstalled ? null : <p class="rail-note">{app.name} is not installed here.</p>}
      <RailSection title="Apps">
        <RailLink
          to={{ kind: 'home' }}
          label={app.name}
          mark={<Avatar id={app.id} name={app.name} app size={20} />}
          hint="Home"
        />
        {appDm ? (
          <RailLink
            to={{ kind: 'channel', id: appDm.id }}
            label="Messages"
            channel={appDm}
            mark={<span class="rail-branch" />}
          />
        ) : null}
      </RailSection>
      <RailSection
        title="Channels"
        action={
          others.length > 0 ? (
            <Menu
              label="Join a channel"
              className="rail-add"
              align="end"
              items={others.toSorted(byName).map((channel) => ({
                label: `#${channel.name}`,
                run: () => void act('joinChannel', { channel: channel.id }),
              }))}
            >
              +
            </Menu>
          ) : null
        }
      >
        {joined.toSorted(byName).map((channel) => (
          <RailLink
            key={channel.id}
            to={{ kind: 'channel', id: channel.id }}
            label={channel.name}
            channel={channel}
            mark={<Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={15} />}
          />
        ))}
      </RailSection>
      <RailSection
        title="Direct messages"
        action={
          strangers.length > 0 ? (
            <Menu
              label="Write to somebody"
              className="rail-add"
              align="end"
              items={strangers.map((user) => ({
                label: user.realName || user.name,
                run: () => go({ kind: 'person', id: user.id }),
              }))}
            >
              +
            </Menu>
          ) : null
        }
      >
        {direct.map((channel) => (
          <RailLink
            key={channel.id}
            to={{ kind: 'channel', id: channel.id }}
            label={titleOf(channel)}
            channel={channel}
            mark={<Avatar id={channel.with ?? channel.id} name={titleOf(channel)} size={20} />}
          />
        ))}
        {place.kind === 'person' ? (
          <RailLink
            to={place}
            label={people.get(place.id) ?? place.id}
            mark={<Avatar id={place.id} name={people.get(place.id) ?? ''} size={20} />}
          />
        ) : null}
      </RailSection>
    </nav>
  );
}

function RailSection({
  title,
  action,
  children,
}: {
  title: string;
  action?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class="rail-section" aria-label={title}>
      <div class="rail-title">
        <h2>{title}</h2>
        {action}
      </div>
      <ul>{children}</ul>
    </section>
  );
}

type RailLinkProps = { to: Place; label: string; mark: ComponentChildren; channel?: ChannelRow; hint?: string };

function RailLink({ to, label, mark, channel, hint }: RailLinkProps) {
  const { place, go } = useScreen();
  const current = addressOf(to) === addressOf(place);
  const unread = current ? 0 : (channel?.unread ?? 0);
  const alone = channel?.kind === 'im' || channel?.kind === 'mpim';
  const count = alone ? unread : current ? 0 : (channel?.mentions ?? 0);
  return (
    <li>
      <a
        href={addressOf(to)}
        class={`rail-link${unread > 0 ? ' unread' : ''}`}
        aria-current={current ? 'page' : undefined}
        onClick={(event) => {
          event.preventDefault();
          go(to);
        }}
      >
        {mark}
        <span class="rail-label">{label}</span>
        {hint ? <span class="rail-hint">{hint}</span> : null}
        {count > 0 ? (
          <span class="count">
            {count}
            <span class="sr"> unread</span>
          </span>
        ) : unread > 0 ? (
          <span class="sr">unread</span>
        ) : null}
      </a>
    </li>
  );
}
