import { cadenceWords, listed, weekdaysWords } from '../../blocks/kit/words.ts';
import type { AuditChange } from '../../domain/programs/audit.ts';
import type { Settings } from '../../domain/programs/settings.ts';

/** How each setting is called and said. What names people is told as a change of roles, by their user ids. */
const SAID: { [Name in keyof Settings]: { name: string } & Said<Settings[Name]> } = {
  triage: { name: 'triage', words: cadenceWords },
  digest: { name: 'the digest', words: cadenceWords },
  reminderTime: { name: 'the time of reminders', words: String },
  timeZone: { name: 'the time zone', words: String },
  workingDays: { name: 'the working days', words: weekdaysWords },
  holidays: { name: 'the holidays', words: (dates) => listed([...dates].sort()) },
  leadIds: { name: 'the leads', people: (ids) => ids },
  deciderIds: { name: 'who decides', people: (ids) => ids ?? [] },
  strangersMayReport: {
    name: 'what people of other organisations may do',
    words: (mayReport) => (mayReport ? 'report' : 'nothing'),
  },
  facilitatorIds: { name: 'the facilitators', people: (ids) => ids },
  halfLifeDays: { name: 'the half-life of harm in days', words: (days) => days },
  agendaLimit: { name: 'the most items on an agenda', words: (items) => items },
  charts: { name: 'how charts are shown', words: String },
};

type Said<Value> = { words: (value: Value) => string | number } | { people: (value: Value) => readonly string[] };

/** What differs between two settings of a program, for the audit log. */
export function settingsChanges(before: Settings, after: Settings): AuditChange[] {
  return (Object.keys(SAID) as (keyof Settings)[]).flatMap((name) => changeOf(name, before, after));
}

function changeOf<Name extends keyof Settings>(name: Name, before: Settings, after: Settings): AuditChange[] {
  const said: { name: string } & Said<Settings[Name]> = SAID[name];
  if ('people' in said) {
    const [was, is] = [said.people(before[name]), said.people(after[name])];
    const isSame = was.length === is.length && was.every((id, i) => id === is[i]);
    return isSame ? [] : [{ kind: 'role_changed', subject: said.name, before: [...was], after: [...is] }];
  }
  const [was, is] = [said.words(before[name]), said.words(after[name])];
  return was === is ? [] : [{ kind: 'setting_changed', subject: said.name, before: was, after: is }];
}
