import type { ReportVerdict } from '../../domain/proof/regression-guard.ts';
import type { ComebackKind, DefectState } from '../../domain/vocabulary.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { dayWords } from '../kit/words.ts';

/** How a defect stands once somebody's report is part of it. */
export type WhatNow = {
  number: number;
  state: DefectState;
  ownerId: string | null;
  dueOn: string | null;
  overdue: boolean;
  /** The day since which its latest fix is out; null where there was none. */
  fixedOn: string | null;
  /** What the report says of that fix; null where there is no fix, or the report is not known. */
  verdict: ReportVerdict | null;
  /** This very report has brought it back. */
  broughtBack: ComebackKind | null;
};

/** What is true of a defect for whoever has just reported it, in a sentence or two. */
export function whatNowWords(now: WhatNow, todayOn: string): Mrkdwn {
  const key = defectKey(now.number);
  const fixedOn = now.fixedOn ? dayWords(now.fixedOn, todayOn) : '';
  switch (now.state) {
    case 'new':
      return now.ownerId ? mrkdwn`It waits for triage; ${mention(now.ownerId)} owns it.` : mrkdwn`It waits for triage.`;
    case 'accepted':
      return joinMrkdwn([...cameBack(now, key, fixedOn), ownership(now, todayOn)], ' ');
    case 'claimed':
      return mrkdwn`A fix went out on ${fixedOn} and is being proven. ${againstFix(now)}`;
    case 'proven':
      return mrkdwn`Its fix of ${fixedOn} is proven. ${againstFix(now)}`;
    case 'risk_accepted':
      return mrkdwn`The team knows of it and lives with it for now. Your report counts towards its harm.`;
    case 'dismissed':
      return mrkdwn`It was found to be no defect. Whoever decides can reopen it.`;
    case 'merged':
      return mrkdwn`It is part of another defect.`;
  }
}

function cameBack({ broughtBack }: WhatNow, key: string, fixedOn: string): Mrkdwn[] {
  if (broughtBack === 'failed')
    return [mrkdwn`Your report shows that the fix of ${fixedOn} did not hold: ${key} is on the list again.`];
  if (broughtBack === 'reduced')
    return [
      mrkdwn`Your report shows that the fix of ${fixedOn} has ended only a part of it: ${key} is on the list again.`,
    ];
  if (broughtBack === 'regressed')
    return [mrkdwn`It was proven fixed, and your report shows that it is back: ${key} is on the list again.`];
  return [];
}

function ownership({ ownerId, dueOn, overdue, broughtBack }: WhatNow, todayOn: string): Mrkdwn {
  if (!ownerId) return mrkdwn`Nobody owns it yet.`;
  if (broughtBack) return mrkdwn`${mention(ownerId)} has been told.`;
  if (!dueOn) return mrkdwn`${mention(ownerId)} owns it.`;
  return overdue
    ? mrkdwn`${mention(ownerId)} owns it. It has been overdue since ${dayWords(dueOn, todayOn)}.`
    : mrkdwn`${mention(ownerId)} owns it, due ${dayWords(dueOn, todayOn)}.`;
}

function againstFix({ verdict }: WhatNow): string {
  switch (verdict) {
    case 'counts':
      return 'Your report counts against it.';
    case 'before_fix':
      return 'You saw it before that, so your report does not count against the fix.';
    case 'rollout':
      return 'The fix was still going out when you saw it, so your report does not count against it.';
    case 'known_rest':
      return 'You saw it before proving went on anew, so your report does not count against the fix.';
    case 'elsewhere':
      return 'You saw it where the fix has not been deployed, so your report does not count against it.';
    case 'vendor':
      return 'A vendor caused it this time, so your report does not count against the fix.';
    case null:
      return '';
  }
}
