import { useMemo } from 'preact/hooks';
import type { Directory } from '../../directory.ts';
import type { Snapshot } from '../../server/screen.ts';
import { kindOf } from '../conversations/kind-of.ts';
import { useSteady } from '../kit/use-steady.ts';
import type { Screen } from '../screen.ts';
import { SLACKBOT } from '../use-screen-state.ts';

const minuteMs = 60_000;

/** Names of a snapshot for the messages; the same object until one of them changes or a minute has passed. */
export function useDirectoryOf({ snapshot, go, openMessage }: Screen, now: Date): Directory {
  const me = useSteady(snapshot.me);
  const users = useSteady(snapshot.users);
  const userGroups = useSteady(snapshot.userGroups);
  const connectedTeams = useSteady(snapshot.connectedTeams);
  const channels = useSteady(
    snapshot.channels.map(({ id, name, kind, members, with: other }) => ({
      id,
      name,
      kind,
      with: other,
      members: kind === 'mpim' ? members : [],
    })),
  );
  const minute = Math.floor(now.getTime() / minuteMs);
  return useMemo(
    () => ({
      viewer: { id: me.id, tz: me.timeZone, locale: me.locale.replace('_', '-') || 'en-US' },
      now,
      people: peopleOf({ users, connectedTeams }),
      channels: new Map(
        channels
          .filter(({ kind }) => kind === 'public' || kind === 'private')
          .map(({ id, name, kind }) => [id, { id, name, isPrivate: kind === 'private' }]),
      ),
      directs: directsOf(channels, users, me.id),
      usergroups: new Map(userGroups.map(({ id, handle }) => [id, handle])),
      openConversation: (id) => go({ kind: 'channel', id }),
      openMessage,
    }),
    [me, users, connectedTeams, channels, userGroups, minute, go, openMessage],
  );
}

function peopleOf({ users, connectedTeams }: Pick<Snapshot, 'users' | 'connectedTeams'>): Directory['people'] {
  const shown = users.filter((user) => user.id !== SLACKBOT);
  return new Map(
    shown.map((user) => [
      user.id,
      {
        id: user.id,
        name: user.realName || user.name,
        handle: user.name,
        isBot: user.isBot,
        isActive: !user.deleted,
        kind: kindOf(user, connectedTeams),
        tz: user.timeZone,
      },
    ]),
  );
}

type Row = Pick<Snapshot['channels'][number], 'id' | 'kind' | 'members' | 'with'>;

function directsOf(channels: Row[], users: Snapshot['users'], me: string): Directory['directs'] {
  const names = new Map(users.map((user) => [user.id, user.realName]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const others = (members: string[]) => members.filter((id) => id !== me).map(nameOf);
  return new Map(
    channels
      .filter(({ kind }) => kind === 'im' || kind === 'mpim')
      .map(({ id, with: other, members }) => [
        id,
        { name: other ? nameOf(other) : others(members).join(', '), with: other },
      ]),
  );
}
