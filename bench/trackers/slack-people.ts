import type { SlackPeople } from '../../src/usecases/trackers/people/slack-people.ts';
import { PEOPLE, type Person } from './side.ts';

const isPerson = (name: string): name is Person => name in PEOPLE;

/** A Slack in which Ana and Ben have the e-mails of their accounts, and everybody sees every program. */
export const SLACK_PEOPLE: SlackPeople = {
  findByEmail: async (_, email) => {
    const name = email.replace('@example.com', '');
    return isPerson(name) ? PEOPLE[name] : null;
  },
  emailOf: async (_, userId) => {
    const [name] = Object.entries(PEOPLE).find(([, known]) => known === userId) ?? [];
    return name ? `${name}@example.com` : null;
  },
  maySee: async () => 'yes',
};
