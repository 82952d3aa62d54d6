import { LEAD_ACTIONS, LEAD_VIEWS } from '../../blocks/kit/ids.ts';
import { PROGRAM_INPUTS, programForm } from '../../blocks/programs/program-form.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { SeenChannel } from '../../domain/programs/channel.ts';
import { CannotFindOut } from '../../requests/gate/cannot-find-out.ts';
import { onOpen } from '../../requests/listen/on-button.ts';
import { type AskedForm, onForm } from '../../requests/listen/on-form.ts';
import { chooseChannel, programIn } from '../../usecases/programs/choose-channel.ts';
import { programInMetadata, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { renewSettings } from './renew-settings.ts';

/** The channel and the name of a program: a small form on the page of the settings, and of what the lead is told. */
export function registerProgramForm(deps: Deps): void {
  onOpen(deps, LEAD_ACTIONS.openProgramForm, {
    right: 'lead',
    names: programInValue,
    view: async ({ program }) => {
      const ownName = program.nameFollowsChannel ? null : program.name;
      return programForm({ ownName, channelId: program.channelId }, String(program.id));
    },
  });
  onForm(deps, LEAD_VIEWS.program, {
    right: 'lead',
    names: programInMetadata,
    inputs: PROGRAM_INPUTS,
    check: (asked) => seeChosen(deps, asked),
    work: (tx, { program, form, doing }, chosen) =>
      chooseChannel(tx, program, { ...chosen, ownName: form.text(PROGRAM_INPUTS.name) }, doing),
    answer: () => null,
    afterwards: (asked, said) => renewSettings(deps, asked, said),
  });
}

/** The chosen channel as Slack sees it now; one that the bot cannot post in, or the person is not in, is refused. */
async function seeChosen(
  { db, gate, directory }: Deps,
  { program, form, person, userId, client, workspaceId }: AskedForm<object>,
): Promise<{ channelId: string; channel: SeenChannel }> {
  const field = PROGRAM_INPUTS.channel;
  const of = { client, workspaceId };
  const channelId = form.channel(field);
  if (!channelId) throw new Refusal('Pick a channel.', field);
  const channel = await directory.seeChannel(of, channelId);
  if (channel === null) throw new CannotFindOut(field);
  if (channel === 'gone' || !channel.isMember)
    throw new Refusal('I am not in that channel. Invite me there with /invite, then save again.', field);
  if (channel.isArchived) throw new Refusal('That channel is archived. Pick another one.', field);
  if (channelId === program.channelId) return { channelId, channel };
  const members = await directory.listMembers(of, channelId, 'anew');
  if (members === null) throw new CannotFindOut(field);
  if (!person.ids.some((id) => members.has(id)))
    throw new Refusal('You are not in that channel yourself. Join it first.', field);
  const other = await programIn(db, workspaceId, channelId);
  if (other)
    await gate.admit({ ...of, userId, right: 'lead', programId: other.id }).catch((error: unknown) => {
      throw error instanceof Refusal ? new Refusal(error.message, field) : error;
    });
  return { channelId, channel };
}
