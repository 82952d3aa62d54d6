import { assumed, official, type Rules, sdk } from './rule.ts';

const rotation = 'authentication/using-token-rotation';
const orgs = 'enterprise/developing-for-enterprise-orgs';

/** Installing, rotating, org-wide installs. */
export const oauthRules = {
  authorizePath: sdk('Path of the page that asks the person', '/oauth/v2/authorize', '@slack/oauth 4.0'),
  codeUses: official('Uses of a code; more answers invalid_code', 1, 'authentication/installing-with-oauth'),
  codeLifetimeMs: assumed('A code lives this long (ms)', 600_000, 'the length is not documented'),
  clientAuth: sdk('Where client id and secret are read', ['body', 'basic'], '@slack/oauth 4.0'),
  stateReturned: official('state comes back unchanged', true, 'authentication/installing-with-oauth'),
  rotatedTokenPrefix: official('A rotated access token starts with', 'xoxe.xoxb-', rotation),
  refreshTokenPrefix: official('A refresh token starts with', 'xoxe-1-', rotation),
  rotatedTokenLifetimeSeconds: official('expires_in of a rotated token (s)', 43_200, rotation),
  refreshTokenUses: official('Uses of a refresh token; more answers invalid_refresh_token', 1, rotation),
  activeAccessTokens: official('Access tokens that work at once; the oldest is revoked', 2, rotation),
  rotationFinal: official('Token rotation can be switched off again', false, rotation),
  rotationMigration: official(
    'A token that does not expire becomes one that does through',
    'oauth.v2.exchange',
    rotation,
  ),
  rotationExchangeErrors: official(
    'A token is not exchanged: rotation is off, it was exchanged before, it is none that could be',
    { off: 'token_rotation_not_enabled', twice: 'token_already_exchanged', other: 'invalid_token' },
    'reference/methods/oauth.v2.exchange',
  ),
  expiredToken: official('A token after its time', 'token_expired', rotation),
  orgInstall: official('oauth.v2.access for an org answers', { is_enterprise_install: true, team: null }, orgs),
  orgTeamId: official(
    'Methods that ask for team_id when the token is of an org',
    [
      'bots.info',
      'chat.scheduledMessages.list',
      'conversations.create',
      'conversations.list',
      'files.list',
      'users.list',
      'users.conversations',
      'usergroups.list',
    ],
    orgs,
  ),
  orgWorkspaceRefused: official('A workspace that the org has not given to the app', 'team_access_not_granted', orgs),
  orgAccessEvents: official(
    'Events when a workspace is given and taken',
    ['team_access_granted', 'team_access_revoked'],
    orgs,
  ),
  uninstallEvents: official(
    'Events when an app is removed',
    ['app_uninstalled', 'tokens_revoked'],
    'reference/events/app_uninstalled',
  ),
  missingScope: sdk('A call without its scope answers', ['missing_scope', 'needed', 'provided'], '@slack/web-api 8.2'),
  scopeHeaders: sdk(
    'Every answer names scopes in',
    ['x-oauth-scopes', 'x-accepted-oauth-scopes'],
    '@slack/web-api 8.2',
  ),
} satisfies Rules;
