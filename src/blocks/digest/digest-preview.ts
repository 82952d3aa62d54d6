import type { Digest } from '../../domain/digest/digest.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { context, divider, type Message, message } from '../kit/parts.ts';
import { type DigestSetting, digestPost } from './digest-post.ts';
import { digestThread } from './digest-thread.ts';

/** What a digest and its thread would say now, in one message for the one who asked. */
export function digestPreview(digest: Digest, setting: DigestSetting & { programId: number }): Message {
  const post = digestPost(digest, setting);
  const thread = digestThread(digest, setting);
  const note = `A preview, shown to you alone. ${thread.length > 0 ? 'Below the line is what goes into its thread. ' : ''}\`/defect charts\` sends you its charts.`;
  return message(`${post.text} ${note}`, [
    ...post.blocks,
    context(mrkdwn`${note}`),
    ...thread.flatMap(({ message: reply }) => [divider(), ...reply.blocks]),
  ]);
}
