/** What the app asks for when it is installed by its own page: the bot scopes of manifest.yml. */
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
  'users:read',
  'files:write',
  'files:read',
];
