import type { Program } from '../../doing.ts';

/** What Slack is asked about people while tickets are worked on. `unknown` is what it does not say at this moment. */
export type SlackPeople = {
  /** Who has an e-mail; null where nobody has, or the app may not read e-mails. */
  findByEmail: (workspaceId: string, email: string) => Promise<string | null | 'unknown'>;
  emailOf: (workspaceId: string, userId: string) => Promise<string | null | 'unknown'>;
  /** Whether somebody may be given a part in a program. */
  maySee: (program: Program, userId: string) => Promise<'yes' | 'no' | 'unknown'>;
};
