import { LEAD_ACTIONS, LEAD_VIEWS } from '../../blocks/kit/ids.ts';
import { NEW_OFFICE, NO_OFFICE, OFFICE_INPUTS, officeForm } from '../../blocks/office/office-form.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { CannotFindOut } from '../../requests/gate/cannot-find-out.ts';
import { mayRead, readableChannel } from '../../requests/gate/who-reads.ts';
import { onOpen } from '../../requests/listen/on-button.ts';
import { type AskedForm, onForm } from '../../requests/listen/on-form.ts';
import { changeOffice, type WantedOffice } from '../../usecases/office/change-office.ts';
import { findOfficeOf, listOfficesNear, type Office } from '../../usecases/office/read-offices.ts';
import { programInMetadata, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { renewSettings } from '../programs/renew-settings.ts';

/** Which office a program is part of: a small form on the page of the settings. */
export function registerOffice(deps: Deps): void {
  onOpen(deps, LEAD_ACTIONS.openOffice, {
    right: 'lead',
    names: programInValue,
    view: async ({ program, userId }) => {
      const current = await findOfficeOf(deps.db, program);
      return officeForm(
        current?.id ?? null,
        await readableOffices(deps, program.workspaceId, userId),
        String(program.id),
      );
    },
  });
  onForm(deps, LEAD_VIEWS.office, {
    right: 'lead',
    names: programInMetadata,
    inputs: OFFICE_INPUTS,
    check: (asked) => wantedIn(deps, asked),
    work: (tx, { program, doing }, wanted) => changeOffice(tx, program, wanted, doing),
    answer: () => null,
    afterwards: (asked, said) => renewSettings(deps, asked, said),
  });
}

async function readableOffices(deps: Deps, workspaceId: string, userId: string): Promise<Office[]> {
  const near = await listOfficesNear(deps.db, workspaceId);
  const readable = await Promise.all(
    near.map((office) => mayRead(deps, office.workspaceId, readableChannel(office), userId)),
  );
  return near.filter((_, i) => readable[i]);
}

/** An office that the lead may read, or a channel that both the lead and the bot are in. */
async function wantedIn(deps: Deps, asked: AskedForm<object>): Promise<WantedOffice> {
  const { form, program, userId, client, workspaceId, person } = asked;
  const chosen = form.choice(OFFICE_INPUTS.office) ?? NO_OFFICE;
  if (chosen === NO_OFFICE) return { kind: 'none' };
  if (chosen !== NEW_OFFICE) {
    const current = await findOfficeOf(deps.db, program);
    const readable = await readableOffices(deps, workspaceId, userId);
    const id = Number(chosen);
    if (current?.id !== id && !readable.some((office) => office.id === id))
      throw new Refusal('There is no such office for you. Pick another one.', OFFICE_INPUTS.office);
    return { kind: 'known', id };
  }
  const field = OFFICE_INPUTS.channel;
  const of = { client, workspaceId };
  const channelId = form.channel(field);
  if (!channelId) throw new Refusal('Pick a channel.', field);
  const channel = await deps.directory.seeChannel(of, channelId);
  if (channel === null) throw new CannotFindOut(field);
  if (channel === 'gone' || !channel.isMember)
    throw new Refusal('I am not in that channel. Invite me there with /invite, then save again.', field);
  if (channel.isArchived) throw new Refusal('That channel is archived. Pick another one.', field);
  const members = await deps.directory.listMembers(of, channelId, 'anew');
  if (members === null) throw new CannotFindOut(field);
  if (!person.ids.some((id) => members.has(id)))
    throw new Refusal('You are not in that channel yourself. Join it first.', field);
  return { kind: 'new', channelId, name: channel.name };
}
