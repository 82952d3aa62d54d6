/** What the app asks for when it is installed by its own page: the bot scopes of manifest.yml, those that may be refused too. */
export const BOT_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'im:write',
  'im:history',
  'channels:read',
  'channels:history',
  'groups:read',
  'groups:history',
  'metadata.message:read',
  'users:read.email',
  'users:read',
  'files:write',
  'files:read',
];

/** Whether it was allowed to look for a message of its own. */
export function mayReadHistory(granted: readonly string[]): boolean {
  return ['channels:history', 'groups:history', 'im:history', 'metadata.message:read'].every((scope) =>
    granted.includes(scope),
  );
}
