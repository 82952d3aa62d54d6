/** No Slack workspace has this id: it stands for one until the bot has met it. */
export const NO_WORKSPACE = 'T_LOCAL';
/** Nor has any channel: a program that is here has not started yet. */
export const NO_CHANNEL = 'none';
