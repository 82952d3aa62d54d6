import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { link, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';

/** To the owner, or the leads: a merged fix is out, and is claimed by that, or is to be claimed in the form. */
export function fixShippedMessage(news: {
  programId: number;
  number: number;
  title: string;
  pull: { key: string; url: string };
  shippedIn: string;
  isClaimed: boolean;
}): Message {
  const key = defectKey(news.number);
  const { said, asked } = news.isClaimed ? CLAIMED : TO_CLAIM;
  const out = `is out with ${news.shippedIn}`;
  return message(`${news.pull.key} ${out}, ${said}`, [
    section(
      mrkdwn`*${key}*  ${cleanLine(news.title, TITLE_LIMIT)}\n${link(news.pull.url, news.pull.key)} ${out}, ${said} ${asked}`,
    ),
    actions(`fix_shipped_${news.number}`, [
      button(
        news.isClaimed ? ACTIONS.completeClaim : ACTIONS.claim,
        news.isClaimed ? 'Fill it in' : 'Claim fix',
        defectRefValue(news),
        { style: 'primary', spoken: `${news.isClaimed ? 'Complete the claim of' : 'Claim a fix of'} ${key}` },
      ),
    ]),
  ]);
}

const CLAIMED = {
  said: 'so a fix is claimed and being proven.',
  asked: 'What kind of fix is it, and what keeps it fixed? Proving goes on meanwhile.',
};
const TO_CLAIM = {
  said: 'but no fix is claimed yet.',
  asked: 'Claim it in the form, which asks for more than a release tells.',
};
