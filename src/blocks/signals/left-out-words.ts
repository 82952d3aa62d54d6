import type { ModalView } from '@slack/types';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, fitting, plain, section } from '../kit/parts.ts';

/** Something that a source sent and that became nothing: how often within a week, and why. */
export type LeftOutFacts = { event: string; why: string; count: number };

/** "Left out this week", one line for each thing with its reason. */
export function leftOutWords(all: readonly LeftOutFacts[], hasMore: boolean): Mrkdwn {
  return joinMrkdwn([
    mrkdwn`*Left out in the last seven days*`,
    ...all.map(lineOf),
    ...(hasMore ? [mrkdwn`•  and more, before these`] : []),
  ]);
}

// Each line has at most 500 characters, and a section 3,000.
const LINES_A_SECTION = 5;
// A window holds 12,000 characters, its frame included; escaping makes some of them longer.
const MOST_CHARACTERS = 8_000;

/** All of it, as far as a window holds. */
export function leftOutModal(name: string, all: readonly LeftOutFacts[], hasMore: boolean): ModalView {
  const shown = all.slice(0, countFitting(all));
  const groups = Array.from({ length: Math.ceil(shown.length / LINES_A_SECTION) }, (_, i) =>
    shown.slice(i * LINES_A_SECTION, (i + 1) * LINES_A_SECTION),
  );
  return {
    type: 'modal',
    title: plain('Left out', 24),
    close: plain('Back', 24),
    blocks: fitting([
      section(mrkdwn`What *${name}* sent in the last seven days and that became nothing, the latest first.`),
      ...groups.map((group) => section(joinMrkdwn(group.map(lineOf)))),
      ...(hasMore || shown.length < all.length ? [context(mrkdwn`and more, before these`)] : []),
    ]),
  };
}

function countFitting(all: readonly LeftOutFacts[]): number {
  let characters = 0;
  const next = all.findIndex(({ event, why }) => {
    characters += event.length + why.length + 20;
    return characters > MOST_CHARACTERS;
  });
  return next === -1 ? all.length : next;
}

function lineOf({ event, why, count }: LeftOutFacts): Mrkdwn {
  const said = event.replace(/[.?!]+$/, '');
  return count === 1 ? mrkdwn`•  ${said}. ${why}` : mrkdwn`•  ${said}, ${count} times. ${why}`;
}
