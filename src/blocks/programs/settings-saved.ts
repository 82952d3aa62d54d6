import type { Settings } from '../../domain/programs/settings.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { cadenceWords, counted, dayWords, listed, momentWords, weekdaysWords } from '../kit/words.ts';

/** What settings were and are, and when the rituals come next. */
export type SettingsSaved = { before: Settings; after: Settings; next: { triage: Date; digest: Date } };

/** A change as people are told of it; some concern only whoever changes it. */
type Told = { words: Mrkdwn; isForChannel: boolean };

const MOST_DATES = 10;

/** What is different now, and what comes next. */
export function savedSentences(saved: SettingsSaved): Mrkdwn[] {
  return told(saved).map(({ words }) => words);
}

/** The same for the channel, as far as it concerns those in it; undefined where it does not. */
export function settingsMessage(saved: SettingsSaved, by: string): Message | undefined {
  const lines = told(saved).flatMap(({ words, isForChannel }) => (isForChannel ? [words] : []));
  if (lines.length === 0) return undefined;
  return message('The settings of the program have changed.', [
    section(joinMrkdwn(lines)),
    context(mrkdwn`Changed in the settings by ${mention(by)}.`),
  ]);
}

type Sentence = (saved: SettingsSaved) => Mrkdwn;

const FOR_CHANNEL: { [Name in keyof Settings]?: Sentence } = {
  triage: ({ before, after, next }) =>
    mrkdwn`Triage now opens ${cadenceWords(after.triage)} (before: ${cadenceWords(before.triage)}). Next: ${momentWords(next.triage, after.timeZone)}.`,
  digest: ({ before, after, next }) =>
    mrkdwn`The digest now comes ${cadenceWords(after.digest)} (before: ${cadenceWords(before.digest)}). Next: ${momentWords(next.digest, after.timeZone)}.`,
  reminderTime: ({ before, after }) =>
    mrkdwn`Reminders now come at ${after.reminderTime} on each owner's clock (before: ${before.reminderTime}).`,
  timeZone: ({ before, after }) =>
    mrkdwn`The program now runs on the clock of ${after.timeZone} (before: ${before.timeZone}).`,
  workingDays: ({ before, after }) =>
    mrkdwn`Working days are now ${weekdaysWords(after.workingDays)} (before: ${weekdaysWords(before.workingDays)}).`,
  holidays: ({ before, after }) => holidayWords(before.holidays, after.holidays),
  leadIds: ({ after }) =>
    after.leadIds.length > 0
      ? mrkdwn`The program is now led by ${people(after.leadIds)}.`
      : mrkdwn`The program now has no lead of its own; admins of the workspace change its settings.`,
  deciderIds: ({ after }) =>
    after.deciderIds
      ? mrkdwn`What becomes of a defect is now decided by ${people(after.deciderIds)}.`
      : mrkdwn`What becomes of a defect is now decided by everybody in the channel.`,
  strangersMayReport: ({ after }) =>
    after.strangersMayReport
      ? mrkdwn`People of other organisations in the channel may now report.`
      : mrkdwn`People of other organisations in the channel may no longer report.`,
  facilitatorIds: ({ after }) => facilitatorWords(after.facilitatorIds),
  halfLifeDays: ({ before, after }) =>
    mrkdwn`The harm of a report now halves every ${counted(after.halfLifeDays, 'day')} (before: ${before.halfLifeDays}), so the order of the list may change.`,
};

const FOR_ONESELF: { [Name in keyof Settings]?: Sentence } = {
  agendaLimit: ({ before, after }) =>
    mrkdwn`A triage now takes up at most ${counted(after.agendaLimit, 'item')} (before: ${before.agendaLimit}).`,
  charts: () => mrkdwn`The next digest shows its charts as you chose.`,
};

function told(saved: SettingsSaved): Told[] {
  const isChanged = (name: keyof Settings) =>
    JSON.stringify(shown(saved.before[name])) !== JSON.stringify(shown(saved.after[name]));
  const said = (sentences: { [Name in keyof Settings]?: Sentence }, isForChannel: boolean) =>
    (Object.entries(sentences) as [keyof Settings, Sentence][]).flatMap(([name, sentence]) =>
      isChanged(name) ? [{ words: sentence(saved), isForChannel }] : [],
    );
  const isOnCalendar = isChanged('timeZone') || isChanged('workingDays') || isChanged('holidays');
  return [
    ...said(FOR_CHANNEL, true),
    ...(isOnCalendar ? [{ words: nextWords(saved), isForChannel: true }] : []),
    ...said(FOR_ONESELF, false),
  ];
}

/** A rhythm as far as settings show it: a stored one knows more. */
function shown(value: Settings[keyof Settings]): unknown {
  return typeof value === 'object' && value !== null && 'weekdays' in value ? cadenceWords(value) : value;
}

function nextWords({ after: { timeZone }, next }: SettingsSaved): Mrkdwn {
  return mrkdwn`Next triage: ${momentWords(next.triage, timeZone)}. Next digest: ${momentWords(next.digest, timeZone)}.`;
}

function holidayWords(before: readonly string[], after: readonly string[]): Mrkdwn {
  const added = datesWords(after.filter((date) => !before.includes(date)));
  const gone = datesWords(before.filter((date) => !after.includes(date)));
  const sentences = [
    ...(added ? [`Holidays added: ${added}.`] : []),
    ...(gone ? [`Holidays taken out: ${gone}.`] : []),
  ];
  return mrkdwn`${sentences.join(' ')}`;
}

function datesWords(dates: readonly string[]): string {
  if (dates.length > MOST_DATES) return `${dates.length} days`;
  return listed([...dates].sort().map((date) => `${dayWords(date)} ${date.slice(0, 4)}`));
}

function facilitatorWords(ids: readonly string[]): Mrkdwn {
  if (ids.length === 0) return mrkdwn`Nobody is set to facilitate triage now.`;
  if (ids.length === 1) return mrkdwn`${people(ids)} now facilitates triage.`;
  return mrkdwn`${people(ids)} now take turns to facilitate triage.`;
}

/** "@ana, @ben and @cem". */
export function people(ids: readonly string[]): Mrkdwn {
  if (ids.length < 2) return joinMrkdwn(ids.map(mention));
  return mrkdwn`${joinMrkdwn(ids.slice(0, -1).map(mention), ', ')} and ${mention(ids.at(-1) ?? '')}`;
}
