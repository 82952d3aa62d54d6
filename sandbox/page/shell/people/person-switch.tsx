import { useState } from 'preact/hooks';
import { kindOf } from '../conversations/kind-of.ts';
import { Icon } from '../kit/icon.tsx';
import { Menu } from '../kit/menu.tsx';
import { useScreen } from '../screen.ts';
import { SLACKBOT } from '../use-screen-state.ts';
import { Avatar } from './avatar.tsx';
import { PeopleDialog } from './people-dialog.tsx';

export function PersonSwitch({ become }: { become: (id: string) => void }) {
  const { snapshot } = useScreen();
  const [managing, setManaging] = useState(false);
  const { me, users, connectedTeams } = snapshot;
  const name = me.realName || me.name;
  const first = name.split(' ')[0];
  const about = [cityOf(me.timeZone), kindOf(me, connectedTeams)].filter(Boolean).join(' · ');
  const people = users.filter((user) => !user.isBot && !user.deleted && !user.isInvited && user.id !== SLACKBOT);
  return (
    <>
      <Menu
        label={`You are ${first} · ${about}, switch person`}
        className="person-button"
        items={[
          ...people.map((user) => ({
            label: user.realName || user.name,
            hint: [cityOf(user.timeZone), kindOf(user, connectedTeams)].filter(Boolean).join(' · '),
            pressed: user.id === me.id,
            run: () => become(user.id),
          })),
          'divider',
          { label: 'People and channels…', run: () => setManaging(true) },
        ]}
      >
        <Avatar id={me.id} name={name} size={24} />
        <span>
          You are <strong>{first}</strong> · {about}
        </span>
        <Icon name="chevron" size={14} />
      </Menu>
      {managing ? <PeopleDialog onClose={() => setManaging(false)} /> : null}
    </>
  );
}

/** 'America/New_York' reads as 'New York'. */
export function cityOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
