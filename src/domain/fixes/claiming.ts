export const CLAIMINGS = ['by_owner', 'when_out'] as const;
/** Who claims a fix whose pull request is merged: its owner, or the bot once a release or deployment has it. */
export type Claiming = (typeof CLAIMINGS)[number];
