import type { ChannelNews } from '../../domain/programs/channel.ts';
import { LEAD_ACTIONS } from '../kit/ids.ts';
import { channelLink, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';

export type ToldChannel = {
  programId: number;
  channelId: string;
  /** What the program is called, for where the link of its channel leads nowhere any more. */
  name: string;
  /** How many posts that could not be delivered go out now. */
  resent: number;
};

/** To a lead: what became of the program's channel, and what can be done. */
export function channelNewsMessage(news: ChannelNews, told: ToldChannel): Message {
  const { name, programId } = told;
  return message(SHORT[news](name), [
    section(wordsOf(news, told)),
    ...(news === 'back'
      ? []
      : [actions('channel_news', [button(LEAD_ACTIONS.openProgramForm, 'Choose another channel', String(programId))])]),
  ]);
}

const SHORT: Record<ChannelNews, (name: string) => string> = {
  archived: (name) => `The channel of ${name} is archived.`,
  back: (name) => `The channel of ${name} is back.`,
  left: (name) => `I am no longer in the channel of ${name}.`,
  gone: (name) => `The channel of ${name} is gone.`,
  made_private: (name) => `The channel of ${name} is private now.`,
  made_public: (name) => `The channel of ${name} is public now.`,
};

function wordsOf(news: ChannelNews, { channelId, name, resent }: ToldChannel): Mrkdwn {
  const channel = channelLink(channelId);
  switch (news) {
    case 'archived':
      return mrkdwn`${channel} is archived, so nothing of its stability program can be posted. Unarchive it and the posts that wait go out, or choose another channel.`;
    case 'back':
      return resent > 0
        ? mrkdwn`${channel} is back. ${counted(resent, 'message')} of the last week that could not be posted there ${resent === 1 ? 'goes' : 'go'} out now.`
        : mrkdwn`${channel} is back. No post was waiting.`;
    case 'left':
      return mrkdwn`I am no longer in ${channel}, so nothing of its stability program can be posted. Invite me there with \`/invite\` and the posts that wait go out, or choose another channel.`;
    case 'gone':
      return mrkdwn`I cannot see the channel of ${name} any more: it was deleted, or it is private and I was taken out. Nothing of its program is lost, and nothing can be posted. Choose another channel.`;
    case 'made_private':
      return mrkdwn`${channel} is private now. From now on only those in it can see its stability program.`;
    case 'made_public':
      return mrkdwn`${channel} is public now. From now on every full member of the workspace can see its stability program.`;
  }
}
