/**
 * The words of the program. Code, messages and docs use these and no synonyms.
 *
 * program     one stability program in a workspace: a digest channel, areas, a time zone, working days, rituals
 * area        the part of the product that a defect hurts
 * report      one observation of a failure: who saw it, when, where, how bad, how many accounts
 * defect      the recurring failure that reports are grouped under; people see it as `D-42`
 * severity    how bad one occurrence is, S1 (worst) to S4; it is not a priority
 * harm        what a defect does lately, in impact points a week; the rank is by it, and lower after an unusual silence
 * heat        its stored form, the decayed, impact-weighted sum of a defect's reports; no word for people
 * accepted    on the burn-down list, with an owner, a due date and acceptance criteria
 * claimed     the owner says the fix is out; proving has begun
 * proven      the acceptance criteria held for the whole validation window
 * failed fix  the defect came back inside its validation window
 * reduced     seen less, not gone: the fix did not hold, and yet has ended a part of the failures
 * regressed   the defect came back after it was proven
 * ritual      something that recurs on a schedule: triage, digest, reminders, tranche review, proof
 * occurrence  one scheduled run of a ritual, known by program, ritual and its scheduled instant
 * decision    what triage settled for one defect
 * carry-over  a defect that triage left undecided, brought to the next thread, with its streak
 */

export const SEVERITIES = ['S1', 'S2', 'S3', 'S4'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const DEFECT_STATES = ['new', 'accepted', 'claimed', 'proven', 'risk_accepted', 'dismissed', 'merged'] as const;
export type DefectState = (typeof DEFECT_STATES)[number];

/** A claimed fix is still open: only proof closes a defect. */
export const OPEN_STATES = ['new', 'accepted', 'claimed'] as const satisfies readonly DefectState[];
export type OpenState = (typeof OPEN_STATES)[number];

export const RITUALS = ['triage', 'digest', 'reminders', 'tranche_review', 'proof'] as const;
export type Ritual = (typeof RITUALS)[number];

export const DECISIONS = ['accept', 'accept_risk', 'dismiss', 'need_info', 'merge', 'split', 'defer'] as const;
export type Decision = (typeof DECISIONS)[number];

/** How a defect comes back to the list: its fix failed, has ended only a part, or was proven and did not last. */
export const COMEBACK_KINDS = ['failed', 'reduced', 'regressed'] as const;
export type ComebackKind = (typeof COMEBACK_KINDS)[number];

export const ESCAPES = [
  'no_test',
  'test_gap',
  'no_monitor',
  'configuration',
  'operator_step',
  'vendor',
  'unknown',
] as const;
/** Why nothing caught the defect before users did; asked when it is accepted. */
export type Escape = (typeof ESCAPES)[number];

export const FIX_KINDS = ['code', 'configuration', 'runbook', 'operator_step', 'vendor_mitigation'] as const;
/** What kind of fix was made; asked when it is claimed. */
export type FixKind = (typeof FIX_KINDS)[number];

export const DEFAULT_AREAS = ['deployment', 'billing', 'connectivity', 'launch integration'] as const;

export const REPORT_SOURCES = ['slack', 'import', 'sample', 'signal'] as const;
/** Where a report came from; with the source's own key it is unique in a program. */
export type ReportSource = (typeof REPORT_SOURCES)[number];

/** Who did something: a person by Slack user id, or the bot itself. */
export type Actor = { kind: 'person'; userId: string } | { kind: 'bot' };

export const THE_BOT: Actor = { kind: 'bot' };

/** The key that people see and type. */
export function defectKey(number: number): string {
  return `D-${number}`;
}

/** Whether a defect can have this number, whoever named it: the database holds none above 2^31 - 1. */
export function isDefectNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number < 2 ** 31;
}

/** A defect is recurring from 3 reports or 2 distinct reporters or accounts on. */
export function isRecurring(defect: { reportCount: number; reporterCount: number }): boolean {
  return defect.reportCount >= 3 || defect.reporterCount >= 2;
}
