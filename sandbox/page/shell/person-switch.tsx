import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { kindOf } from './kind-of.ts';
import { Menu } from './menu.tsx';
import { useScreen } from './screen.ts';
import { SLACKBOT } from './use-screen-state.ts';

export function PersonSwitch({ become }: { become: (id: string) => void }) {
  const { snapshot } = useScreen();
  const { me, users, connectedTeams } = snapshot;
  const name = me.realName || me.name;
  const people = users.filter((user) => !user.isBot && !user.deleted && user.id !== SLACKBOT);
  return (
    <Menu
      label={`You are ${name.split(' ')[0]} · ${cityOf(me.timeZone)}, switch person`}
      className="person-button"
      items={people.map((user) => ({
        label: user.realName || user.name,
        hint: [cityOf(user.timeZone), kindOf(user, connectedTeams)].filter(Boolean).join(' · '),
        pressed: user.id === me.id,
        run: () => become(user.id),
      }))}
    >
      <Avatar id={me.id} name={name} size={24} />
      <span>
        You are <strong>{name.split(' ')[0]}</strong> · {cityOf(me.timeZone)}
      </span>
      <Icon name="chevron" size={14} />
    </Menu>
  );
}

/** 'America/New_York' reads as 'New York'. */
export function cityOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
