import type { SlackPeople } from '../../src/usecases/trackers/people/slack-people.ts';

/** A Slack that knows nobody by e-mail, and in which everybody sees every program. */
export const NO_PEOPLE: SlackPeople = {
  findByEmail: async () => null,
  emailOf: async () => null,
  maySee: async () => 'yes',
};
