import { VIEWS } from '../../blocks/kit/ids.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { dayWords, momentWords } from '../../blocks/kit/words.ts';
import { TICKET_INPUTS } from '../../blocks/trackers/ticket-forms.ts';
import { DECISION_INPUTS as INPUT } from '../../blocks/triage/decision-form.ts';
import type { ReasonKind } from '../../blocks/triage/decision-modals.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Right } from '../../domain/people/roles.ts';
import type { Criterion } from '../../domain/proof/criteria.ts';
import { parseMetricBound } from '../../domain/proof/metric-bound.ts';
import { parsePromise } from '../../domain/proof/promise.ts';
import { defectKey, ESCAPES, type Escape, FIX_KINDS, type FixKind } from '../../domain/vocabulary.ts';
import { TOO_OLD } from '../../requests/door.ts';
import type { FormAnswers } from '../../requests/listen/form-answers.ts';
import { acceptDefect } from '../../usecases/defects/accept-defect.ts';
import { recommitDefect } from '../../usecases/defects/recommit-defect.ts';
import { acceptRisk, dismissDefect } from '../../usecases/defects/set-aside-defect.ts';
import { findOrRefuse } from '../../usecases/defects/show-defect.ts';
import type { Db, Doing, Program } from '../../usecases/doing.ts';
import { listAreas } from '../../usecases/doing.ts';
import { mergeDefects } from '../../usecases/grouping/merge-defects.ts';
import { splitDefect } from '../../usecases/grouping/split-defect.ts';
import { claimFix } from '../../usecases/proof/claim-fix.ts';
import { areRunsTold } from '../../usecases/proof/list-paths.ts';
import { createTicket } from '../../usecases/trackers/create-ticket.ts';
import { linkTicket } from '../../usecases/trackers/link-ticket.ts';
import { criteriaFor } from '../../usecases/triage/agenda/default-criteria.ts';
import { answerQuestion, askForInfo } from '../../usecases/triage/decisions/ask-for-info.ts';
import { deferDefect } from '../../usecases/triage/decisions/defer-defect.ts';

/** A form that was sent: about which defect, what was filled in, by whom. */
export type Sent = {
  program: Program;
  number: number;
  kind: ReasonKind | undefined;
  answers: FormAnswers;
  doing: Doing;
};

/** Inputs that name a person, who then has a part in the program. */
export const PEOPLE_NAMED = [INPUT.owner, INPUT.secondPerson, INPUT.approver] as const;

/** Whoever was asked answers; everything else is a decision. */
export function rightFor(callbackId: string): Right {
  return callbackId === VIEWS.answer ? 'answer' : 'decide';
}

/** What each form does when it is sent, and the sentence that says so. */
export const ANSWERS: Record<string, (db: Db, sent: Sent) => Promise<Mrkdwn>> = {
  [VIEWS.accept]: async (db, { program, number, answers, doing }) => {
    const promise = await promiseIn(db, program, number, answers);
    const ticketUrl = answers.text(TICKET_INPUTS.url).trim();
    const trackerId = Number(answers.choice(TICKET_INPUTS.tracker));
    // Before it is accepted, since one without a ticket may get one by that.
    if (ticketUrl) await linkTicket(db, program, number, ticketUrl, doing);
    await acceptDefect(db, program, number, { ...promise, escape: escapeIn(answers) }, doing);
    if (!ticketUrl && trackerId) await createTicket(db, program, number, trackerId, doing);
    return mrkdwn`${defectKey(number)} is accepted. Owner ${mention(promise.ownerId)}, due ${dayWords(promise.dueOn)}.`;
  },
  [VIEWS.recommit]: async (db, { program, number, answers, doing }) => {
    const promise = await promiseIn(db, program, number, answers);
    await recommitDefect(db, program, number, promise, doing);
    return mrkdwn`${defectKey(number)} is kept. Owner ${mention(promise.ownerId)}, due ${dayWords(promise.dueOn)}.`;
  },
  [VIEWS.reason]: (db, sent) => giveReason(db, sent),
  [VIEWS.merge]: async (db, { program, number, answers, doing }) => {
    const into = Number(answers.choice(INPUT.into));
    if (!Number.isSafeInteger(into) || into < 1)
      throw new Refusal('Pick the defect that it is the same as.', INPUT.into);
    const { moved } = await mergeDefects(db, program, number, into, doing);
    return mrkdwn`${defectKey(number)} is merged into ${defectKey(into)}, with ${moved} of its reports.`;
  },
  [VIEWS.split]: async (db, { program, number, answers, doing }) => {
    const split = { title: answers.text(INPUT.title), reportIds: answers.several(INPUT.reports).map(Number) };
    const { split: born } = await splitDefect(db, program, number, split, doing);
    return mrkdwn`${defectKey(born.number)} has been split off ${defectKey(number)}.`;
  },
  [VIEWS.claim]: async (db, { program, number, answers, doing }) => {
    const deployedAt = answers.moment(INPUT.deployed);
    if (!deployedAt) throw new Refusal('Say when the fix was deployed.', INPUT.deployed);
    const reachedAllAt = answers.moment(INPUT.reachedAll);
    const approverId = answers.person(INPUT.approver);
    const claim = {
      keepingNote: answers.text(INPUT.keeping),
      fixKind: oneOf<FixKind>(FIX_KINDS, answers.choice(INPUT.fixKind), INPUT.fixKind),
      deployedAt,
      reachedAllAt,
      environments: namesIn(answers.text(INPUT.environments)),
      rootCause: answers.text(INPUT.rootCause),
      escape: escapeIn(answers),
      criteria: await otherProofIn(db, program, number, answers),
      ...(approverId ? { approverId } : {}),
    };
    const claimed = await claimFix(db, program, number, claim, doing);
    const { windowEndsAt } = claimed;
    const whileIt = windowEndsAt && (await areRunsTold(db, claimed)) ? ', while it runs as usual,' : '';
    return windowEndsAt
      ? mrkdwn`${defectKey(number)} is claimed as fixed. It is proven if it stays quiet${whileIt} until ${momentWords(windowEndsAt, program.timeZone)} and its other criteria hold.`
      : mrkdwn`${defectKey(number)} is claimed as fixed. Its reports are too few for silence to prove it: set a new date for it with a metric or a second person.`;
  },
  [VIEWS.answer]: async (db, { program, number, answers, doing }) => {
    await answerQuestion(db, program, number, answers.text(INPUT.answer), doing);
    return mrkdwn`Your answer about ${defectKey(number)} is in its log, and whoever asked has been told.`;
  },
};

async function giveReason(db: Db, { program, number, kind, answers, doing }: Sent): Promise<Mrkdwn> {
  const reason = answers.text(INPUT.reason);
  const key = defectKey(number);
  switch (kind) {
    case 'accept_risk':
      await acceptRisk(db, program, number, reason, doing);
      return mrkdwn`The risk of ${key} is accepted.`;
    case 'dismiss':
      await dismissDefect(db, program, number, reason, doing);
      return mrkdwn`${key} is dismissed.`;
    case 'defer':
      await deferDefect(db, program, number, reason, doing);
      return mrkdwn`${key} is deferred. It comes among the first in the next triage.`;
    case 'need_info': {
      const { askedIds } = await askForInfo(db, program, number, reason, doing);
      return mrkdwn`${joinMrkdwn(askedIds.map(mention), ', ')} ${askedIds.length === 1 ? 'has' : 'have'} been asked about ${key}.`;
    }
    case undefined:
      throw new Refusal(TOO_OLD);
  }
}

/** Where the form asks only who and until when, what must hold stays as it was. */
async function promiseIn(db: Db, program: Program, number: number, answers: FormAnswers) {
  const defect = await findOrRefuse(db, program, number);
  const isWhole = answers.names.includes(INPUT.limit);
  const promise = parsePromise({
    bound: isWhole ? await boundIn(db, program, defect.areaId, answers) : null,
    ownerId: answers.person(INPUT.owner),
    dueOn: answers.day(INPUT.due),
    limit: isWhole ? answers.text(INPUT.limit) : null,
    secondPersonId: answers.person(INPUT.secondPerson),
    link: answers.text(INPUT.link),
  });
  return isWhole ? promise : { ...promise, criteria: await criteriaFor(db, defect) };
}

async function boundIn(db: Db, program: Program, areaId: number, answers: FormAnswers) {
  return parseMetricBound(answers.text(INPUT.metric), await listAreas(db, program.id), areaId);
}

/** What a claim adds to what must hold, where silence cannot prove the fix. */
async function otherProofIn(db: Db, program: Program, number: number, answers: FormAnswers): Promise<Criterion[]> {
  if (!answers.names.includes(INPUT.metric)) return [];
  const { areaId, ownerId } = await findOrRefuse(db, program, number);
  const bound = await boundIn(db, program, areaId, answers);
  const userId = answers.person(INPUT.secondPerson);
  if (userId && userId === ownerId)
    throw new Refusal('The second person must be somebody other than the owner.', INPUT.secondPerson);
  return [...(bound ? [bound] : []), ...(userId ? [{ kind: 'second_person' as const, userId }] : [])];
}

/** Null where the form does not ask. */
function escapeIn(answers: FormAnswers): Escape | null {
  if (!answers.names.includes(INPUT.escape)) return null;
  return oneOf<Escape>(ESCAPES, answers.choice(INPUT.escape), INPUT.escape);
}

function oneOf<T extends string>(known: readonly T[], value: string | null, field: string): T {
  const found = known.find((one) => one === value);
  if (!found) throw new Refusal('Pick one of the answers.', field);
  return found;
}

function namesIn(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter(Boolean);
}
