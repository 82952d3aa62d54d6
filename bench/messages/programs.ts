import { areasMessage } from '../../src/blocks/programs/areas-changed.ts';
import { auditMessage } from '../../src/blocks/programs/audit-message.ts';
import { channelNewsMessage } from '../../src/blocks/programs/channel-news.ts';
import { diskFullNotice } from '../../src/blocks/programs/disk-full-notice.ts';
import { greetingMessage } from '../../src/blocks/programs/greeting.ts';
import { missedNotice } from '../../src/blocks/programs/missed-notice.ts';
import { programMovedMessage } from '../../src/blocks/programs/program-moved.ts';
import { sampleLoaded, sampleRemoved } from '../../src/blocks/programs/sample-message.ts';
import { savedMessage } from '../../src/blocks/programs/settings-page.ts';
import { savedSentences, settingsMessage } from '../../src/blocks/programs/settings-saved.ts';
import { wrongClockNotice } from '../../src/blocks/programs/wrong-clock-notice.ts';
import type { Settings } from '../../src/domain/programs/settings.ts';
import { type Subject, spoken } from './spoken.ts';

const MONDAY = new Date('2026-11-30T09:00:00Z');
const FRIDAY = new Date('2026-12-04T14:00:00Z');
const timeZone = 'Europe/Berlin';
const triage = { weekdays: [1], atLocalTime: '10:00', everyWeeks: 1 };
const digest = { weekdays: [5], atLocalTime: '15:00', everyWeeks: 1 };

const before: Settings = {
  triage,
  digest,
  reminderTime: '09:30',
  agendaLimit: 10,
  charts: 'pictures',
  timeZone,
  workingDays: [1, 2, 3, 4, 5],
  holidays: [],
  leadIds: ['ULEAD'],
  deciderIds: null,
  strangersMayReport: false,
  facilitatorIds: ['UBEN'],
  halfLifeDays: 28,
};
const next = { triage: MONDAY, digest: FRIDAY };
const all: Settings = {
  triage: { ...triage, weekdays: [2] },
  digest: { ...digest, weekdays: [4] },
  reminderTime: '08:30',
  agendaLimit: 7,
  charts: 'none',
  timeZone: 'Europe/Lisbon',
  workingDays: [1, 2, 3, 4],
  holidays: ['2026-12-25', '2027-01-01'],
  leadIds: ['ULEAD', 'UANA'],
  deciderIds: ['UANA', 'UBEN'],
  strangersMayReport: true,
  facilitatorIds: ['UBEN', 'UANA'],
  halfLifeDays: 14,
};
const changed = { before, after: { ...before, triage: { ...triage, weekdays: [2] } }, next };
const everything = { before, after: all, next };
const moved = {
  from: 'C0OTHER',
  to: 'C0STABILITY',
  isToPrivate: false,
  triage,
  digest,
  next,
  timeZone,
  by: 'ULEAD',
};
const channel = { programId: 1, channelId: 'C0STABILITY', name: 'eng-stability', resent: 2 };

export const PROGRAMS: Subject = {
  heading: 'The program',
  messages: [
    spoken(greetingMessage, { when: 'the bot is invited for the first time', to: 'channel' }, [
      [{ triage: 'Mondays at 10:00', digest: 'Fridays at 15:00' }],
    ]),
    spoken(settingsMessage, { when: 'a lead changes what concerns the channel', to: 'channel' }, [
      [changed, 'ULEAD'],
      [everything, 'ULEAD'],
    ]),
    spoken(savedMessage, { when: 'a setting is saved and the page of the settings is closed', to: 'oneself' }, [
      [savedSentences(changed)],
    ]),
    spoken(areasMessage, { when: 'a lead adds, renames or retires an area', to: 'channel' }, [
      [{ kind: 'added', name: 'mobile', labels: ['ios', 'android'] }, 'ULEAD'],
      [{ kind: 'changed', was: 'billing', name: 'payments', labels: [] }, 'ULEAD'],
      [{ kind: 'retired', name: 'mobile', into: 'connectivity', openDefects: 3 }, 'ULEAD'],
    ]),
    spoken(programMovedMessage, { when: 'a lead moves the program to another channel', to: 'both channels' }, [
      ['here', moved],
      ['away', moved],
      ['away', { ...moved, isToPrivate: true }],
    ]),
    spoken(
      channelNewsMessage,
      { when: 'the channel is archived, gone, back or has another privacy, or the bot is taken out', to: 'leads' },
      (['archived', 'back', 'left', 'gone', 'made_private', 'made_public'] as const).map((news) => [news, channel]),
    ),
    spoken(
      missedNotice,
      { when: 'a ritual was due while the bot did not run, and it is too late for it', to: 'leads' },
      [
        [{ ritual: 'digest', dueAts: [FRIDAY], program: { channelId: 'C0STABILITY', timeZone } }],
        [{ ritual: 'triage', dueAts: [MONDAY, FRIDAY], program: { channelId: 'C0STABILITY', timeZone } }],
      ],
    ),
    spoken(wrongClockNotice, { when: 'the clock of the host differs from that of Slack', to: 'leads' }, [
      [{ hostSaid: new Date('2031-01-01T00:00:00Z'), itWas: MONDAY, timeZone }],
    ]),
    spoken(diskFullNotice, { when: 'the disk of the database is full, once a day', to: 'leads' }, [[]]),
    spoken(auditMessage, { when: '`/defect audit`', to: 'oneself' }, [
      [
        {
          program: { name: '#eng-stability', nameFollowsChannel: true, channelId: 'C0STABILITY' },
          timeZone,
          entries: [
            {
              kind: 'setting_changed',
              subject: 'triage',
              before: 'Mondays at 10:00',
              after: 'Tuesdays at 10:00',
              by: 'ULEAD',
              at: MONDAY,
            },
            { kind: 'exported', subject: 'defects', before: null, after: 33, by: 'UANA', at: MONDAY },
          ],
          total: 2,
          offset: 0,
          pageValue: String,
        },
      ],
    ]),
    spoken(sampleLoaded, { when: 'a lead loads the sample program', to: 'oneself' }, [
      [1, { defects: 58, reports: 412 }],
    ]),
    spoken(sampleRemoved, { when: 'a lead removes it', to: 'oneself' }, [
      [{ defects: 58, rescued: 0 }],
      [{ defects: 58, rescued: 1 }],
    ]),
  ],
};
