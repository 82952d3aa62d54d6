import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { note } from '../blocks/help-message.ts';
import { ACTIONS } from '../blocks/ids.ts';
import type { Message } from '../blocks/parts.ts';
import { programOf } from '../usecases/find-program.ts';
import { loadSampleProgram } from '../usecases/load-sample-program.ts';
import { redriveChannel } from '../usecases/redrive-channel.ts';
import { startProgram } from '../usecases/start-program.ts';
import { finishKept, keepAndAck, type Once, saysNothing } from './act.ts';
import type { Deps } from './deps.ts';
import { askSlack, refreshPerson } from './people.ts';
import { teamOf, tellAlone } from './slack-context.ts';

/** The channel that gets the first program by itself, where the bot is in it already. */
export const HOME_CHANNEL = 'eng-stability';

export function registerFirstRun(app: App, deps: Deps): void {
  app.event('member_joined_channel', async ({ event, body, context, client }) => {
    if (event.user !== context.botUserId) return;
    const inviter = 'inviter' in event && typeof event.inviter === 'string' ? event.inviter : null;
    const begin = async (once: Once<void>) => {
      const wanted = await firstProgram(deps, client, teamOf(body), event.channel, inviter);
      await once(async (db) => {
        await startProgram(db, wanted, deps.clock.now());
        await redriveChannel(db, teamOf(body), event.channel, deps.clock.now());
      });
    };
    // Kept where it came in already; this makes sure of it.
    await keepAndAck(deps, { ack: saysNothing, body, context });
    await finishKept(deps, { body, context }, saysNothing, begin, saysNothing);
  });

  app.action<BlockAction<ButtonAction>>(ACTIONS.loadSample, async ({ ack, body, context, client }) => {
    await keepAndAck(deps, { ack, body, context });
    const tell = tellAlone(client, body.user.id, body.channel?.id);
    const load = async (once: Once<Message>) => {
      const program = await programOf(deps.db, teamOf(body), body.channel?.id);
      const people = await listTeam(deps, client, program.workspaceId);
      return once(async (db) => {
        const loaded = await loadSampleProgram(db, program, people, { by: body.user.id, now: deps.clock.now() });
        return note(
          `Eight weeks of sample data are in: ${loaded.defects} defects from ${loaded.reports} reports. Try /defect list, /defect triage now or /defect digest.`,
        );
      });
    };
    await finishKept(deps, { body, context }, tell, load, tell);
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

async function firstProgram(
  deps: Deps,
  client: WebClient,
  workspaceId: string,
  channelId: string,
  inviterId: string | null,
): Promise<Parameters<typeof startProgram>[1]> {
  const info = await client.conversations.info({ channel: channelId });
  const leadUserId = inviterId ?? info.channel?.creator ?? null;
  const lead = leadUserId ? await askSlack(client, leadUserId) : null;
  if (leadUserId) await refreshPerson(deps, client, workspaceId, leadUserId);
  return {
    workspaceId,
    channelId,
    name: `#${info.channel?.name ?? 'stability'}`,
    timeZone: lead?.timeZone ?? 'UTC',
    leadUserId: lead ? leadUserId : null,
  };
}

/** The people that sample defects can be given to: everybody who is no bot, a hundred at most. */
async function listTeam(deps: Deps, client: WebClient, workspaceId: string): Promise<string[]> {
  const { members = [] } = await client.users.list({ limit: 200 });
  const people = members
    .filter(({ deleted, is_bot: isBot, id }) => !deleted && !isBot && id !== 'USLACKBOT')
    .slice(0, 100);
  for (const { id } of people) if (id) await refreshPerson(deps, client, workspaceId, id);
  return people.flatMap(({ id }) => id ?? []);
}
