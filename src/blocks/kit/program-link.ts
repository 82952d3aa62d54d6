import { channelLink, type Mrkdwn, mrkdwn } from './mrkdwn.ts';

export type NamedProgram = { name: string; nameFollowsChannel: boolean; channelId: string };

/** What a program is called: its channel, as a link that follows a rename, or a name of its own. */
export function programLink({ name, nameFollowsChannel, channelId }: NamedProgram): Mrkdwn {
  return nameFollowsChannel ? channelLink(channelId) : mrkdwn`${name}`;
}
