import { OperatorError } from '../domain/errors/operator-error.ts';

/** A start that failed for a reason that whoever runs the bot can put right. The message names the variable. */
export class StartProblem extends OperatorError {}

/** What is known of the start that failed. */
type Start = {
  /** Where PostgreSQL is, as DATABASE_URL says; undefined for the embedded database. */
  databaseUrl?: string | undefined;
  /** Where the embedded database lives, and its newest backup. */
  dataDirectory?: string | undefined;
  newestBackup?: string | undefined;
};

/**
 * What to say of an error that ended the start, or undefined where only its stack can tell.
 * Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html, errno(3), and those of postgres.js.
 */
export function databaseProblem(error: unknown, start: Start): StartProblem | undefined {
  if (error instanceof OperatorError) return undefined;
  const said =
    start.databaseUrl === undefined ? embeddedProblem(error, start) : serverProblem(error, start.databaseUrl);
  return said === undefined ? undefined : new StartProblem(said);
}

function serverProblem(error: unknown, databaseUrl: string): string | undefined {
  const { host, pathname, username } = new URL(databaseUrl);
  const database = decodeURIComponent(pathname.slice(1)) || username;
  const user = decodeURIComponent(username);
  const at = `DATABASE_URL: PostgreSQL at ${host}`;
  switch (codeOf(error)) {
    case '28P01':
      return `${at} refuses the password of ${user}. Set the right one in DATABASE_URL; letters such as @ and / are written as %40 and %2F there.`;
    case '28000':
      return `${at} does not let ${user} in from here. Check its pg_hba.conf, and whether it asks for TLS (?sslmode=require).`;
    case '3D000':
      return `${at} has no database ${database}. Create it: createdb ${database}`;
    case '42501':
      return `${at}: ${user} may not change the schema of ${database}. Give it the database: alter database ${database} owner to ${user}`;
    case '0A000':
    case '58P01':
      return `${at} lacks the extension pg_trgm. Install PostgreSQL's contrib package there.`;
    case '53300':
      return `${at} takes no more connections. Free some, or put a pooler before it.`;
    case 'ECONNREFUSED':
      return `${at} refuses connections: nothing listens there. Start it, or set another host or port.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${at} cannot be found: no address is known for that name. Check the host in DATABASE_URL, and the DNS of this machine.`;
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${at} cannot be reached: no answer. Check the host and port in DATABASE_URL, and the firewall between.`;
    case 'CONNECTION_CLOSED':
    case 'CONNECTION_DESTROYED':
    case 'ECONNRESET':
    case 'EPIPE':
    case '57P03':
      return `${at} closes each connection before it is ready. Look at its log, or that of the pooler before it.`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `${at} shows a certificate that this machine does not trust. Give its authority in NODE_EXTRA_CA_CERTS.`;
    default:
      return undefined;
  }
}

function embeddedProblem(error: unknown, { dataDirectory, newestBackup }: Start): string | undefined {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `DATA_DIR: ${dataDirectory} may not be written by this user. Give it to the user that the bot runs as, or set another.`;
  }
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `DATA_DIR: ${dataDirectory} is no directory. Set one of its own for the bot.`;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `DATA_DIR: the disk of ${dataDirectory} is full. Make room there and start again; nothing was lost.`;
  if (!isDamage(error)) return undefined;
  const restore = newestBackup
    ? `Put the newest backup in its place: npm run admin -- restore ${newestBackup}`
    : 'There is no backup beside it.';
  return `DATA_DIR: the database in ${dataDirectory} cannot be opened; it may be damaged. ${restore} (What it said: ${(error as Error).message})`;
}

// PGlite's PostgreSQL ends by a trap or an exit where it cannot start from its files, and says no SQLSTATE.
function isDamage(error: unknown): boolean {
  return error instanceof Error && (error.name === 'RuntimeError' || /PGlite failed to initialize/.test(error.message));
}

/** What Slack refused at the start, by the variable that holds the token; undefined for any other error. */
export function slackProblem(
  error: unknown,
  variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN',
): StartProblem | undefined {
  const { code, data } = error as { code?: string; data?: { error?: string; needed?: string } };
  if (code === 'slack_webapi_request_error') {
    return new StartProblem(
      `Slack cannot be reached from here: ${(error as Error).message}. Check the network, and the proxy if there is one.`,
    );
  }
  const said = data?.error ?? '';
  const remedy = SLACK_REMEDIES[said];
  if (said === 'missing_scope')
    return new StartProblem(
      `${variable}: the token lacks the scope ${data?.needed ?? ''}. Add it, and install the app again.`,
    );
  return remedy === undefined ? undefined : new StartProblem(`${variable}: Slack says ${said}. ${remedy}`);
}

const COPY = 'Copy the token again from the settings of the app at https://api.slack.com/apps.';
const SLACK_REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth: COPY,
  not_authed: COPY,
  not_allowed_token_type: 'SLACK_BOT_TOKEN starts with xoxb-, SLACK_APP_TOKEN with xapp-.',
  token_revoked: 'It was revoked. Install the app again, and copy the new token.',
  token_expired: 'It has expired. Install the app again, and copy the new token.',
  account_inactive: 'The app was removed from the workspace. Install it again, and copy the new token.',
  app_not_installed: 'The app is not in the workspace. Install it, and copy the token.',
};

// Drizzle and fetch wrap what was thrown below them.
function codeOf(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return undefined;
}
