import type { KnownBlock, ModalView, SectionBlock } from '@slack/types';
import type { ExitCriteria } from '../../domain/exit/exit-criteria.ts';
import type { Settings } from '../../domain/programs/settings.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { criteriaWords } from '../exit/exit-words.ts';
import { ACTIONS, LEAD_ACTIONS } from '../kit/ids.ts';
import { channelLink, joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { button, context, divider, type Message, message, plain, section } from '../kit/parts.ts';
import { cadenceWords, counted, dayWords, momentWords, weekdaysWords } from '../kit/words.ts';
import { retentionSection } from './retention-modal.ts';
import { sampleSection } from './sample-message.ts';
import { people } from './settings-saved.ts';

/** What the page shows of each section. */
export type SettingsPage = {
  programId: number;
  channelId: string;
  /** Null where it is called by its channel. */
  ownName: string | null;
  settings: Settings;
  next: { triage: Date; digest: Date };
  areas: readonly string[];
  todayOn: string;
  hasSample: boolean;
  exit: ExitCriteria;
  endedAt: Date | null;
};

/** What is set, section by section, each with the button of its own small form. `saved` is what was just changed. */
export function settingsPage(page: SettingsPage, saved: readonly Mrkdwn[] = []): ModalView {
  const value = String(page.programId);
  const part = (
    heading: string,
    lines: readonly Mrkdwn[],
    [actionId, label, spoken]: readonly [string, string, string?],
  ) =>
    section(
      joinMrkdwn([mrkdwn`*${heading}*`, ...lines]),
      button(actionId, label, value, { ...(spoken ? { spoken } : {}) }),
    );
  return {
    type: 'modal',
    private_metadata: value,
    title: plain('Program settings', 24),
    close: plain('Close', 24),
    blocks: [
      ...savedBlocks(saved),
      part('Program', [programLine(page)], [LEAD_ACTIONS.openProgramForm, 'Change', 'Change the channel and the name']),
      part('Rituals', ritualLines(page), [LEAD_ACTIONS.openRituals, 'Change', 'Change the rituals']),
      part('Calendar', calendarLines(page), [LEAD_ACTIONS.openCalendar, 'Change', 'Change the calendar']),
      part('Areas', [mrkdwn`${page.areas.join(', ')}`], [LEAD_ACTIONS.openAreas, 'Change', 'Change the areas']),
      part('People and roles', peopleLines(page), [LEAD_ACTIONS.openPeople, 'Change', 'Change people and roles']),
      part(
        'Owners and due dates',
        [mrkdwn`Whom triage proposes in each area, and how long each severity may take.`],
        [LEAD_ACTIONS.openDefaults, 'Change', 'Change owners and due dates'],
      ),
      part('Rank', [rankLine(page)], [LEAD_ACTIONS.openRank, 'Change', 'Change the rank']),
      part(
        'Grouping rules',
        [mrkdwn`Reports whose titles have words in common join a defect by themselves.`],
        [ACTIONS.openRules, 'Open rules'],
      ),
      part(
        'Sources',
        [mrkdwn`Alerts, failed payments and syncs, crashes and releases, told by machines.`],
        [ACTIONS.openSignals, 'Open sources'],
      ),
      part(
        'Trackers',
        [mrkdwn`Where the issues are that a defect can be linked to: GitHub, Linear or Jira.`],
        [ACTIONS.openTrackers, 'Open trackers'],
      ),
      part(
        'Reliability',
        [mrkdwn`What is promised of each area, and what its metrics are asked.`],
        [ACTIONS.openReliability, 'Open reliability'],
      ),
      part('End', [endLine(page)], [LEAD_ACTIONS.openExit, 'Change', 'Change what ends the program']),
      part(
        'Office',
        [mrkdwn`One page about several programs, each month and on request.`],
        [LEAD_ACTIONS.openOffice, 'Change', 'Change the office'],
      ),
      retentionSection(page.programId),
      ...(page.hasSample ? [sampleSection(page.programId)] : []),
      context(mrkdwn`\`/defect audit\` shows who changed what.`),
    ],
  };
}

/** What was changed, where the page of the settings is closed. */
export function savedMessage(saved: readonly Mrkdwn[]): Message {
  return message('The settings of the program are saved.', [savedSection(saved)]);
}

function savedBlocks(saved: readonly Mrkdwn[]): KnownBlock[] {
  return saved.length === 0 ? [] : [savedSection(saved), divider()];
}

function savedSection(saved: readonly Mrkdwn[]): SectionBlock {
  return section(joinMrkdwn([mrkdwn`*Saved.*`, ...saved]));
}

function programLine({ ownName, channelId }: SettingsPage): Mrkdwn {
  return ownName === null ? mrkdwn`${channelLink(channelId)}` : mrkdwn`${ownName}, in ${channelLink(channelId)}`;
}

function ritualLines({ settings, next, endedAt }: SettingsPage): Mrkdwn[] {
  if (endedAt) return [mrkdwn`All rest: the program has ended.`];
  const { triage, digest, reminderTime, timeZone } = settings;
  return [
    mrkdwn`Triage ${cadenceWords(triage)}, next ${momentWords(next.triage, timeZone)}`,
    mrkdwn`Digest ${cadenceWords(digest)}, next ${momentWords(next.digest, timeZone)}`,
    mrkdwn`Reminders at ${reminderTime} on each owner's clock`,
  ];
}

function calendarLines({ settings, todayOn }: SettingsPage): Mrkdwn[] {
  const { timeZone, workingDays, holidays } = settings;
  const ahead = holidays.filter((date) => date >= todayOn);
  const [first] = ahead;
  const words = first
    ? `${counted(ahead.length, 'holiday')} ahead, the next on ${dayWords(first, todayOn)}`
    : 'No holidays ahead';
  return [mrkdwn`${timeZone}, working ${weekdaysWords(workingDays)}`, mrkdwn`${words}`];
}

function peopleLines({ settings }: SettingsPage): Mrkdwn[] {
  const { leadIds, deciderIds, facilitatorIds, strangersMayReport } = settings;
  return [
    leadIds.length > 0 ? mrkdwn`Led by ${people(leadIds)}` : mrkdwn`No lead; admins of the workspace change settings`,
    deciderIds ? mrkdwn`Decisions by ${people(deciderIds)}` : mrkdwn`Decisions by everybody in the channel`,
    facilitatorIds.length > 0
      ? mrkdwn`Triage facilitated by ${people(facilitatorIds)}`
      : mrkdwn`Nobody facilitates triage yet`,
    ...(strangersMayReport ? [mrkdwn`People of other organisations in the channel may report`] : []),
  ];
}

function endLine({ exit, endedAt, settings, todayOn }: SettingsPage): Mrkdwn {
  if (endedAt) return mrkdwn`Ended on ${dayWords(localDateOn(endedAt, settings.timeZone), todayOn)}`;
  const words = criteriaWords(exit);
  return words ? mrkdwn`Proposed once it has ${words}` : mrkdwn`Nothing is set that would end the program`;
}

function rankLine({ settings: { halfLifeDays } }: SettingsPage): Mrkdwn {
  return mrkdwn`By harm, and lower after an unusual silence; the harm of a report halves every ${counted(halfLifeDays, 'day')}`;
}
