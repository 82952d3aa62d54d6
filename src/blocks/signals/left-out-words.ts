import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';

/** Something that a source sent and that became nothing: how often within a week, and why. */
export type LeftOutFacts = { event: string; why: string; count: number };

/** "Left out this week", one line for each thing with its reason. */
export function leftOutWords(all: readonly LeftOutFacts[], hasMore: boolean): Mrkdwn {
  return joinMrkdwn([
    mrkdwn`*Left out in the last seven days*`,
    ...all.map(({ event, why, count }) =>
      count === 1 ? mrkdwn`•  ${event}. ${why}` : mrkdwn`•  ${event}, ${count} times. ${why}`,
    ),
    ...(hasMore ? [mrkdwn`•  and more, before these`] : []),
  ]);
}
