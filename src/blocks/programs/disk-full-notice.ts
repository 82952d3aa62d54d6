import { mrkdwn } from '../kit/mrkdwn.ts';
import { type Message, message, section } from '../kit/parts.ts';

/** Tells a lead that nothing can be written, and what becomes of what is asked for meanwhile. */
export function diskFullNotice(): Message {
  const words =
    'The disk of my database is full, so I can write nothing down. What I have already taken on is kept, and I do it once there is room; what somebody asks me for now I may have to refuse. Ask whoever runs me to make room: I go on by myself.';
  return message(words, [section(mrkdwn`${words}`)]);
}
