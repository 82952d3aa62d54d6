/** How the bot reaches Slack; a local sandbox where no credentials are given. */
export type SlackConfig =
  | { kind: 'sandbox' }
  | { kind: 'socket'; botToken: string; appToken: string }
  | { kind: 'http'; botToken: string; signingSecret: string }
  | { kind: 'oauth'; signingSecret: string; clientId: string; clientSecret: string; stateSecret: string };

const OAUTH = {
  SLACK_CLIENT_ID: 'Copy the client ID from Basic Information in the app settings.',
  SLACK_CLIENT_SECRET: 'Copy the client secret from Basic Information in the app settings.',
  SLACK_STATE_SECRET: 'Make one with `openssl rand -base64 32`; it signs what a browser carries to Slack and back.',
  SLACK_SIGNING_SECRET: 'Copy the signing secret from Basic Information in the app settings.',
};

/** Workspaces install the app themselves. */
function oauthConfig(env: Record<string, string | undefined>, problems: string[]): SlackConfig | undefined {
  for (const [name, remedy] of Object.entries(OAUTH))
    if (!env[name]?.trim())
      problems.push(`${name} is missing: workspaces cannot install the app without it. ${remedy}`);
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'])
    if (env[name]?.trim())
      problems.push(`${name} is for one workspace; with SLACK_CLIENT_ID each brings its own. Take one of them away.`);
  const trimmed = (name: keyof typeof OAUTH) => env[name]?.trim() ?? '';
  return {
    kind: 'oauth',
    signingSecret: trimmed('SLACK_SIGNING_SECRET'),
    clientId: trimmed('SLACK_CLIENT_ID'),
    clientSecret: trimmed('SLACK_CLIENT_SECRET'),
    stateSecret: trimmed('SLACK_STATE_SECRET'),
  };
}

/** Which Slack, of what the environment says; undefined where something is missing, which goes into `problems`. */
export function slackConfig(env: Record<string, string | undefined>, problems: string[]): SlackConfig | undefined {
  const wantsOauth = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'].some((name) => env[name]?.trim());
  if (wantsOauth) return oauthConfig(env, problems);
  const botToken = env.SLACK_BOT_TOKEN?.trim();
  const appToken = env.SLACK_APP_TOKEN?.trim();
  const signingSecret = env.SLACK_SIGNING_SECRET?.trim();
  if (botToken && appToken) return { kind: 'socket', botToken, appToken };
  if (botToken && signingSecret) return { kind: 'http', botToken, signingSecret };
  if (!botToken && (appToken || signingSecret)) {
    problems.push('SLACK_BOT_TOKEN is missing. Copy the bot token from OAuth & Permissions in the app settings.');
  } else if (botToken) {
    problems.push(
      'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing: one of them must come with SLACK_BOT_TOKEN.',
    );
  } else if (env.NODE_ENV === 'production') {
    problems.push(
      'SLACK_BOT_TOKEN is missing, and with it SLACK_APP_TOKEN or SLACK_SIGNING_SECRET. A production start never falls back to the sandbox.',
    );
  } else {
    return { kind: 'sandbox' };
  }
  return undefined;
}
