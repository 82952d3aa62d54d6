import type { WebClient } from '@slack/web-api';
import { ACTIONS, LEAD_ACTIONS } from '../../blocks/kit/ids.ts';
import { sampleLoaded, sampleRemoved } from '../../blocks/programs/sample-message.ts';
import { namesNothing } from '../../requests/door.ts';
import { tellAlone } from '../../requests/listen/answer.ts';
import { onButton } from '../../requests/listen/on-button.ts';
import { onInvitation } from '../../requests/listen/on-invitation.ts';
import { loadSample } from '../../sample/load-sample.ts';
import { removeSample } from '../../sample/remove-sample.ts';
import { redriveChannel } from '../../usecases/programs/redrive-channel.ts';
import { type NewProgram, startProgram } from '../../usecases/programs/start-program.ts';
import { programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { askSlack } from '../people/people.ts';

/** The channel that gets the first program by itself, where the bot is in it already. */
export const HOME_CHANNEL = 'eng-stability';

export function registerFirstRun(deps: Deps): void {
  onInvitation(deps, {
    prepare: ({ client, workspaceId, channelId, inviterId }) =>
      firstProgram(deps, client, workspaceId, channelId, inviterId),
    work: async (tx, wanted, now) => {
      await startProgram(tx, wanted, now);
      await redriveChannel(tx, wanted.workspaceId, wanted.channelId, now);
    },
  });

  onButton(deps, ACTIONS.loadSample, {
    right: 'lead',
    names: namesNothing,
    work: async (tx, { program, doing }) => sampleLoaded(program.id, await loadSample(tx, program, doing)),
    tell: (message, asked) => tellAlone(asked)(message),
  });

  onButton(deps, LEAD_ACTIONS.removeSample, {
    right: 'lead',
    names: programInValue,
    work: async (tx, { program, doing }) => sampleRemoved(await removeSample(tx, program, doing)),
    tell: (message, asked) => tellAlone(asked)(message),
  });
}

/** Starts a program in #eng-stability of a workspace that has none, if the bot is a member there. */
export async function startWhereAtHome(deps: Deps, client: WebClient, workspaceId: string): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await client.users.conversations({
      limit: 200,
      types: 'public_channel,private_channel',
      ...(cursor ? { cursor } : {}),
    });
    const home = page.channels?.find(({ name }) => name === HOME_CHANNEL);
    if (home?.id) {
      await startProgram(deps.db, await firstProgram(deps, client, workspaceId, home.id, null), deps.clock.now());
      deps.wake();
      return;
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
}

/** Whoever invited the bot leads. What Slack cannot tell of them now is asked again whenever they do something. */
async function firstProgram(
  { directory }: Deps,
  client: WebClient,
  workspaceId: string,
  channelId: string,
  inviterId: string | null,
): Promise<NewProgram> {
  const info = await client.conversations.info({ channel: channelId });
  const userId = inviterId ?? info.channel?.creator ?? null;
  const person = userId ? await directory.findPerson({ client, workspaceId }, userId) : null;
  const facts = userId ? await askSlack(client, userId) : null;
  const mayLead = userId !== null && (person === null || person.standing === 'member');
  return {
    workspaceId,
    channelId,
    name: `#${info.channel?.name ?? 'stability'}`,
    timeZone: facts?.timeZone ?? 'UTC',
    leadIds: mayLead ? [userId] : [],
  };
}
