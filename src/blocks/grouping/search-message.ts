import { defectKey } from '../../domain/vocabulary.ts';
import { ACTIONS } from '../kit/ids.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { button, type Message, message, section } from '../kit/parts.ts';
import { agoWords, counted } from '../kit/words.ts';
import type { OfferedRepeat } from '../reports/report-modal.ts';

export function searchMessage(words: string, found: readonly OfferedRepeat[]): Message {
  if (found.length === 0) {
    const nothing = `No defect shares words with “${words}”.`;
    return message(nothing, [section(mrkdwn`${nothing}`)]);
  }
  const heading = `Defects that share words with “${words}”`;
  return message(`${heading}: ${found.map(({ number, title }) => `${defectKey(number)} ${title}`).join('; ')}`, [
    section(mrkdwn`*${heading}*`),
    ...found.map((defect) =>
      section(
        mrkdwn`*${defectKey(defect.number)}* ${defect.title}\n${counted(defect.reportCount, 'report')}, last ${agoWords(defect.daysAgo)} · _same words: ${defect.words.join(', ')}_`,
        button(ACTIONS.showDefect, 'Show', String(defect.number), { spoken: `Show ${defectKey(defect.number)}` }),
      ),
    ),
  ]);
}
