import { type Role, roles } from '../../../people/roles.ts';
import type { User } from '../../../state/model.ts';
import { api } from '../../api.ts';
import type { Snapshot } from '../../server/screen.ts';
import { kindOf } from '../conversations/kind-of.ts';
import { useScreen } from '../screen.ts';
import { Avatar } from './avatar.tsx';
import type { Change } from './people-dialog.tsx';

type PersonRowProps = { user: User; channel: Snapshot['channels'][number] | undefined; change: Change };

export function PersonRow({ user, channel, change }: PersonRowProps) {
  const { snapshot } = useScreen();
  const name = user.realName || user.name;
  const isMember = channel?.members.includes(user.id) ?? false;
  const kind = kindOf(user, snapshot.connectedTeams) ?? 'member';
  const become = (next: string) => {
    if (next === 'deactivated') return api.setActive(user.id, false);
    if (user.deleted) return api.setActive(user.id, true);
    return api.changeRole(user.id, next as Role, isMember ? channel?.id : undefined);
  };
  const own = user.isExternal ? [`of ${teamOf(user, snapshot)}`] : roles;
  const kinds = user.deleted ? ['deactivated', 'active again'] : [...own, 'deactivated'];
  return (
    <tr>
      <th scope="row">
        <span class="people-name">
          <Avatar id={user.isBot ? snapshot.app.id : user.id} name={name} app={user.isBot} size={24} />
          {name}
        </span>
      </th>
      <td>
        {user.isBot ? (
          'app'
        ) : (
          <select
            class="field"
            aria-label={`Kind of ${name}`}
            value={kind}
            disabled={user.isInvited}
            onChange={async (event) => {
              const box = event.target as HTMLSelectElement;
              if (!(await change(become(box.value)))) box.value = kind;
            }}
          >
            {user.isInvited ? <option>invited</option> : null}
            {kinds.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
      </td>
      <td>
        {channel ? (
          <input
            type="checkbox"
            aria-label={`${name} in #${channel.name}`}
            checked={isMember}
            disabled={!isMember && (user.deleted || !mayBeIn(user, channel))}
            onChange={async (event) => {
              const box = event.target as HTMLInputElement;
              if (!(await change(api.setMember(channel.id, user.id, !isMember)))) box.checked = isMember;
            }}
          />
        ) : null}
      </td>
    </tr>
  );
}

const mayBeIn = (user: User, channel: Snapshot['channels'][number]) =>
  !user.isExternal || channel.connectedTeams.includes(user.team);

const teamOf = (user: User, { connectedTeams }: Snapshot) =>
  connectedTeams.find(({ id }) => id === user.team)?.name ?? user.team;
