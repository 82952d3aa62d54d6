/** Rules that are known and that the sandbox does not play through, by name. */
export const notModelled = [
  // Slackbot words it otherwise today: commandTimeoutText.
  'commandTimeoutError',
  // One app lives in the sandbox.
  'commandNameConflict',
  'scheduleOwner',
  'eventDelayedMs',
  'eventDelayedForMs',
  'eventDisableShare',
  'eventDisableExempt',
  'rateWebhook',
  'rateProfileSet',
  'pageLimitAdvised',
  'rotationFinal',
  'socketWarningMs',
  'socketDebugRefreshSeconds',
];
