import type { KnownBlock } from '@slack/types';
import { CLAIMINGS, type Claiming } from '../../domain/fixes/claiming.ts';
import { choiceInput, textInput } from '../kit/inputs.ts';
import { option } from '../kit/parts.ts';

/** How merged code is followed, as a tracker's settings show it. */
export type CodeFacts = {
  claimsShipped: boolean;
  agents: readonly string[];
  /** Why it could not be read or commented on; null while it can. */
  trouble: string | null;
};

export const CODE_INPUTS = { claiming: 'claiming', agents: 'agents' } as const;

const CLAIMING_WORDS: Record<Claiming, string> = {
  by_owner: 'Its owner, in the form or by closing the ticket',
  when_out: 'I do, once a release or deployment has it',
};

export function codeInputs({ claimsShipped, agents }: CodeFacts): KnownBlock[] {
  const claiming: Claiming = claimsShipped ? 'when_out' : 'by_owner';
  return [
    choiceInput(CODE_INPUTS.claiming, {
      label: 'Who claims a fix whose pull request is merged?',
      options: CLAIMINGS.map((one) => option(CLAIMING_WORDS[one], one)),
      initial: claiming,
    }),
    textInput(CODE_INPUTS.agents, {
      label: 'Which accounts are agents that write code?',
      hint: 'Beside those that are widely known, one a line. Their fixes are compared with those of people and of bots.',
      initial: agents.join('\n'),
      limit: 2000,
      lines: true,
      optional: true,
    }),
  ];
}
