import { api } from '../../api.ts';
import type { Snapshot } from '../../server/screen.ts';
import type { Change } from '../people/people-dialog.tsx';
import { useScreen } from '../screen.ts';

type ChannelRow = Snapshot['channels'][number];
type ChannelSettingsProps = {
  channels: ChannelRow[];
  channel: ChannelRow;
  choose: (id: string) => void;
  change: Change;
};

/** Which channel the list is about, who may look into it, and with whom it is shared. */
export function ChannelSettings({ channels, channel, choose, change }: ChannelSettingsProps) {
  const { snapshot } = useScreen();
  const isPrivate = channel.kind === 'private';
  return (
    <div class="channel-settings">
      <label>
        Channel{' '}
        <select
          class="field"
          value={channel.id}
          onChange={(event) => choose((event.target as HTMLSelectElement).value)}
        >
          {channels.map(({ id, name }) => (
            <option key={id} value={id}>
              #{name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={isPrivate}
          onChange={() => void change(api.changePrivacy(channel.id, isPrivate ? 'public' : 'private'))}
        />{' '}
        private
      </label>
      {snapshot.connectedTeams.map(({ id, name }) => {
        const isShared = channel.connectedTeams.includes(id);
        return (
          <label key={id}>
            <input
              type="checkbox"
              checked={isShared}
              onChange={() => void change(api.setShared(channel.id, name, !isShared))}
            />{' '}
            shared with {name}
          </label>
        );
      })}
    </div>
  );
}
