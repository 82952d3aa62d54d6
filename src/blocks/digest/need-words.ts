import type { Need } from '../../domain/digest/needs.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { fewWords } from '../kit/few-words.ts';
import { wholePercentWords } from '../kit/figures.ts';
import { type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { dayWords } from '../kit/words.ts';

/** "@ana: *D-12* Refund sent twice. Its fix failed: find out why." One line: who, what, and the next step. */
export function needLine(need: Need): Mrkdwn {
  const who = need.personId === null ? mrkdwn`Somebody` : mention(need.personId);
  const title = fewWords(need.title, 5, 44).replace(/[.!?]$/, '');
  const end = title.endsWith('…') ? '' : '.';
  return mrkdwn`${who}: *${defectKey(need.number)}* ${title}${end} ${stepWords(need)}`;
}

function stepWords(need: Need): string {
  const { kind, dueOn, budget } = need;
  switch (kind) {
    case 'failed':
      return 'Its fix failed: find out why.';
    case 'reduced':
      return 'Seen less, not gone: keep proving, accept the rest, or go on.';
    case 'regressed':
      return 'It came back: give it a new date.';
    case 'over budget':
      return `It used ${budget ? `${wholePercentWords(budget.share)} of ${fewWords(budget.area, 3, 30)}’s` : 'up an'} error budget${dateWords(need)}`;
    case 'stalled':
      return 'Its proof is stalled: meet what is left.';
    case 'overdue':
      return `${dueOn ? `Due ${dayWords(dueOn)}` : 'Overdue'}: claim the fix or move the date.`;
    case 'unowned':
      return 'It has no owner: name one.';
  }
}

function dateWords({ dueOn, isOverdue }: Need): string {
  if (dueOn === null) return ': set a date.';
  return isOverdue
    ? ` and was due ${dayWords(dueOn)}: give it a new date.`
    : ` and is due ${dayWords(dueOn)}: is that soon enough?`;
}
