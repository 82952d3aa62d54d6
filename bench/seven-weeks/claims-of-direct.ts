import { dayWords } from '../../src/blocks/kit/words.ts';
import { localDateOn } from '../../src/domain/time/working-time.ts';
import { type Claim, dueOf, failedFixes, isOverdue, saidIn, TIME_ZONE } from './claim.ts';
import { claimsOfItem } from './claims-of-items.ts';
import { sinceFixClaims } from './claims-of-thread.ts';
import { isOpen, type Log } from './log.ts';

/** What a direct message says of each defect in it, as it stands at any moment: to whom it belongs, when it is due, its state. */
export function claimsOfDirect(text: string, userId: string, log: Log, now: Date): Claim[] {
  const parts = text.split(/(?=^\*D-\d+\* )/m).slice(1);
  return [...parts.flatMap((part) => claimsOfPart(part, userId, log, now)), ...waitingClaims(text, userId, parts)];
}

function claimsOfPart(part: string, userId: string, log: Log, now: Date): Claim[] {
  const number = saidIn(part)(/^\*D-(\d+)\*/);
  const defect = log.defect(number);
  if (!defect) return [{ what: `D-${number}`, said: 'is there', is: 'is not' }];
  const about = (what: string) => `${what} of D-${number}`;
  const due = /(?:Fix it by|it was due|^Due|Its date is) (\d+ \w{3}(?: \d{4})?)/m.exec(part)?.[1];
  const stands = Object.entries(STATES).find(([words]) => part.includes(words));
  const owner = /<@(\w+)> owns it now/.exec(part)?.[1] ?? /^Owner: <@(\w+)>/m.exec(part)?.[1];
  const snoozed = /Snoozed until (\d+ \w{3})/.exec(part)?.[1];
  const snoozedUntil = log.snoozedUntilOn(defect.id, userId);
  const fixedOn = /A fix went out on (\d+ \w{3})/.exec(part)?.[1];
  const isAsked = part.includes('Have you seen it since?') && part.includes('[No]');
  const failed = /([\d,]+) fixes have failed: the next claim/.exec(part);
  const isOwners = part.includes('[Claim fix]') && !part.includes('[Accept the risk]');
  return [
    ...(part.includes('[Claim fix]') ? [{ what: about('state'), said: 'accepted', is: defect.state }] : []),
    ...(part.includes('Its proof has stalled.') ? [{ what: about('state'), said: 'claimed', is: defect.state }] : []),
    ...(isOwners ? [{ what: about('owner'), said: userId, is: defect.ownerId ?? '' }] : []),
    ...(due ? [{ what: about('date'), said: due, is: dueOf(defect, now) }] : []),
    ...(part.includes('It needs a new date.') ? [{ what: about('date'), said: 'none', is: dueOf(defect, now) }] : []),
    ...(part.includes('Overdue:')
      ? [{ what: `D-${number} is overdue`, said: 'yes', is: isOverdue(defect, now) ? 'yes' : 'no' }]
      : []),
    ...(stands ? [{ what: about('state'), said: stands[1], is: defect.state }] : []),
    ...(owner ? [{ what: about('owner'), said: owner, is: defect.ownerId ?? '' }] : []),
    ...(part.includes('Nobody owns it now.') ? [{ what: about('owner'), said: '', is: defect.ownerId ?? '' }] : []),
    ...(snoozed
      ? [
          {
            what: `${about('snooze')} for ${userId}`,
            said: snoozed,
            is: snoozedUntil ? dayWords(snoozedUntil) : 'none',
          },
        ]
      : []),
    ...(fixedOn && isAsked
      ? [
          {
            what: about('day of the fix'),
            said: fixedOn,
            is: defect.deployedAt ? dayWords(localDateOn(defect.deployedAt, TIME_ZONE)) : 'none',
          },
          { what: about('state'), said: 'claimed', is: defect.state },
        ]
      : []),
    ...(failed
      ? [{ what: about('failed fixes'), said: saidIn(failed[0])(/([\d,]+)/), is: failedFixes(log, defect) }]
      : []),
    ...(part.includes('[Answer]')
      ? [{ what: about('question'), said: 'open', is: defect.askedAt ? 'open' : 'none' }]
      : []),
    ...(/\[(?:Accept|Set a new date|Give it an owner)\]/.test(part) && /· {2}harm/.test(part)
      ? [
          ...claimsOfItem(part, log),
          { what: about('openness'), said: 'open', is: isOpen(defect.state) ? 'open' : 'closed' },
        ]
      : []),
    ...sinceFixClaims(part, number, log),
  ];
}

const STATES: Record<string, string> = {
  'A fix is claimed, and being proven.': 'claimed',
  'Its fix is proven.': 'proven',
  'It is part of another defect now.': 'merged',
  'It was found to be no defect.': 'dismissed',
  'The team lives with it for now.': 'risk_accepted',
};

const DEALT_WITH = [...Object.keys(STATES), 'owns it now.', 'Snoozed until', 'Its date is', 'question is answered'];

/** "2 defects in #eng-stability wait for you." As many as are not dealt with, where all of them are shown. */
function waitingClaims(text: string, userId: string, parts: readonly string[]): Claim[] {
  const waiting = parts.filter((part) => !DEALT_WITH.some((words) => part.includes(words))).length;
  const found = /^\*([\d,]+) defects? in .* waits? for you/m.exec(text);
  if (!found || /^and [\d,]+ more/m.test(text)) return [];
  const keys = parts.map((part) => /D-\d+/.exec(part)?.[0]).join(' ');
  return [
    { what: `what waits in a message to ${userId} about ${keys}`, said: saidIn(found[0])(/\*([\d,]+)/), is: waiting },
  ];
}
