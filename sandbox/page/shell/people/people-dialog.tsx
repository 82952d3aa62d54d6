import { useState } from 'preact/hooks';
import { ChannelSettings } from '../conversations/channel-settings.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { useScreen } from '../screen.ts';
import { SLACKBOT } from '../use-screen-state.ts';
import { AddPerson } from './add-person.tsx';
import { PersonRow } from './person-row.tsx';

/** Makes a change, and says in the dialog why it was refused: true when it was made. */
export type Change = (work: Promise<unknown>) => Promise<boolean>;

/** Who is what, and who is where: what the admins of a workspace decide, for whoever tries an app in it. */
export function PeopleDialog({ onClose }: { onClose: () => void }) {
  const { snapshot, place } = useScreen();
  const [refusal, setRefusal] = useState<string>();
  const channels = snapshot.channels.filter(({ kind }) => kind === 'public' || kind === 'private');
  const [chosen, choose] = useState(place.kind === 'channel' ? place.id : '');
  const channel = channels.find(({ id }) => id === chosen) ?? channels[0];
  const change: Change = async (work) => {
    try {
      await work;
      setRefusal(undefined);
      return true;
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  return (
    <Dialog label="People and channels" className="dialog modal people-dialog" onEscape={onClose}>
      <div class="modal-head">
        <div>
          <h2>People and channels</h2>
          <p>What the admins of {snapshot.team.name} decide. The app is told as Slack tells it.</p>
        </div>
        <button type="button" class="button" onClick={onClose}>
          Done
        </button>
      </div>
      {refusal ? (
        <p class="modal-banner" role="alert">
          {refusal}
        </p>
      ) : null}
      <div class="modal-body" tabIndex={-1}>
        {channel ? <ChannelSettings channels={channels} channel={channel} choose={choose} change={change} /> : null}
        <table class="people">
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Kind</th>
              <th scope="col">In #{channel?.name}</th>
            </tr>
          </thead>
          <tbody>
            {snapshot.users
              .filter(({ id }) => id !== SLACKBOT)
              .map((user) => (
                <PersonRow key={user.id} user={user} channel={channel} change={change} />
              ))}
          </tbody>
        </table>
        <AddPerson change={change} />
      </div>
    </Dialog>
  );
}
