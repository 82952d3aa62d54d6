import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../src/domain/programs/settings.ts';
import { settingsErrors } from '../../../src/domain/programs/settings-errors.ts';

const SETTINGS: Settings = {
  triage: { weekdays: [1], atLocalTime: '10:00', everyWeeks: 1 },
  digest: { weekdays: [5], atLocalTime: '15:00', everyWeeks: 1 },
  reminderTime: '09:30',
  agendaLimit: 10,
  charts: 'pictures',
  timeZone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
  holidays: ['2026-12-25'],
  leadIds: ['ULEAD'],
  deciderIds: null,
  strangersMayReport: false,
  facilitatorIds: ['ULEAD'],
  halfLifeDays: 28,
};

describe('what is wrong with settings', () => {
  it('nothing is, where they are as a program starts', () => {
    expect(settingsErrors(SETTINGS)).toEqual({});
  });

  it.each<[Partial<Settings>, ReturnType<typeof settingsErrors>]>([
    [{ timeZone: 'Mars/Olympus' }, { timeZone: '“Mars/Olympus” is no time zone. Use a name such as Europe/Berlin.' }],
    [{ timeZone: '' }, { timeZone: 'Enter a time zone, such as Europe/Berlin.' }],
    [{ timeZone: '+02:00' }, { timeZone: '“+02:00” is no time zone. Use a name such as Europe/Berlin.' }],
    [{ holidays: ['Christmas'] }, { holidays: '“Christmas” is no date. Write dates as 2026-12-25.' }],
    [
      { holidays: ['2026-02-30', '2026-12-25', '1', '2', '3'] },
      { holidays: '“2026-02-30”, “1”, “2” and 1 more are no dates. Write dates as 2026-12-25.' },
    ],
    [
      { holidays: Array.from({ length: 201 }, () => '2026-12-25') },
      { holidays: 'At most 200 holidays fit. Leave out those that have passed.' },
    ],
    [{ workingDays: [] }, { workingDays: 'Pick at least one working day.' }],
    [{ workingDays: [8] }, { workingDays: 'Pick at least one working day.' }],
    [{ halfLifeDays: 0.5 }, { halfLife: 'Use a whole number of days, 1 to 365.' }],
    [{ agendaLimit: 31 }, { agendaLimit: 'Use a whole number of items, 1 to 30.' }],
    [{ reminderTime: '25:00' }, { reminderTime: 'Pick a time of day.' }],
    [
      { timeZone: 'X', workingDays: [], triage: { weekdays: [], atLocalTime: '', everyWeeks: 1 } },
      {
        timeZone: '“X” is no time zone. Use a name such as Europe/Berlin.',
        workingDays: 'Pick at least one working day.',
        triageDay: 'Pick a day for triage.',
        triageTime: 'Pick a time of day.',
      },
    ],
  ])('%j is said at its own field, in words without the name of a field', (over, errors) => {
    expect(settingsErrors({ ...SETTINGS, ...over })).toEqual(errors);
  });
});
