import { isIP } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from './domain/errors/operator-error.ts';
import { type KeySource, parseKeys } from './process/keys/key-source.ts';
import type { PrometheusAccess } from './prometheus/connect-prometheus.ts';
import { type SlackConfig, slackConfig } from './slack-config.ts';

export type Config = {
  slack: SlackConfig;
  /** Only for a local Slack; real Slack where left out. */
  slackApiUrl: string | undefined;
  /** Where a local Slack tells its time. */
  clockUrl: string | undefined;
  database: { kind: 'embedded'; directory: string } | { kind: 'postgres'; url: string };
  keys: KeySource;
  port: number;
  /** Where /metrics is served: on this machine alone unless told otherwise. */
  metrics: { host: string; port: number };
  /** Where the outside world reaches this bot, without a slash at its end. */
  publicUrl: string | undefined;
  /** Where metrics are asked, and what opens that; undefined where they are not. */
  prometheus: PrometheusAccess | undefined;
  sandboxPort: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
};

/** What the database needs, with or without a bot. `keys` is undefined where a PostgreSQL was named and no key. */
export type Storage = { database: Config['database']; keys: KeySource | undefined };

/** Everything that is wrong with the environment, one sentence a variable. */
export class ConfigError extends OperatorError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((one) => `  - ${one}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

const port = (fallback: number) =>
  z
    .string()
    .optional()
    .transform((text) => (text?.trim() ? (/^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN) : fallback))
    .refine((number) => Number.isInteger(number) && number >= 0 && number <= 65_535, {
      message: 'must be a port number, 0 to 65535',
    });

const token = (prefix: string, what: string) =>
  z
    .string()
    .optional()
    .transform((text) => text?.trim() || undefined)
    .refine((text) => text === undefined || (text.startsWith(prefix) && !/\s/.test(text)), {
      message: `must be ${what}, which starts with ${prefix}`,
    });

const address = (protocols: readonly string[]) =>
  z
    .string()
    .optional()
    .transform((text) => text?.trim() || undefined)
    .refine((text) => text === undefined || (URL.canParse(text) && protocols.includes(new URL(text).protocol)), {
      message: `must be an address that starts with ${protocols.map((one) => `${one}//`).join(' or ')}`,
    });

const environment = z.object({
  NODE_ENV: z.string().optional(),
  SLACK_BOT_TOKEN: token('xox', 'a bot token'),
  SLACK_APP_TOKEN: token('xapp-', 'an app-level token'),
  SLACK_SIGNING_SECRET: z
    .string()
    .optional()
    .transform((text) => text?.trim() || undefined),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_STATE_SECRET: z.string().optional(),
  SLACK_API_URL: address(['http:', 'https:']),
  ALLOW_NON_SLACK_API: z.string().optional(),
  CLOCK_URL: address(['http:', 'https:']),
  DATABASE_URL: address(['postgres:', 'postgresql:']),
  DATA_DIR: z
    .string()
    .optional()
    .transform((text) => text?.trim() || '.data')
    .refine((text) => !text.includes('\0'), { message: 'must be a directory' }),
  ENCRYPTION_KEY: z
    .string()
    .optional()
    .transform((text) => text?.trim() || undefined)
    .refine((text) => text === undefined || parseKeys(text), {
      message: 'must be 32 bytes in base64, as `openssl rand -base64 32` makes them, with older keys behind a comma',
    }),
  ENCRYPTION_KEY_FILE: z
    .string()
    .optional()
    .transform((text) => text?.trim() || undefined)
    .refine((text) => !text?.includes('\0'), { message: 'must be a file' }),
  PORT: port(3000),
  METRICS_HOST: z
    .string()
    .optional()
    .transform((text) => text?.trim() || '127.0.0.1')
    .refine((text) => text === 'localhost' || isIP(text) !== 0, {
      message: 'must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them',
    }),
  METRICS_PORT: port(9464),
  PUBLIC_URL: address(['http:', 'https:']),
  PROMETHEUS_URL: address(['http:', 'https:']).refine((text) => !text || !URL.canParse(text) || !hasExtras(text), {
    message:
      'must be an address without a password, a question mark or a hash; a token goes into PROMETHEUS_TOKEN_FILE',
  }),
  PROMETHEUS_TOKEN_FILE: z
    .string()
    .optional()
    .transform((text) => text?.trim() || undefined)
    .refine((text) => !text?.includes('\0'), { message: 'must be a file' }),
  PROMETHEUS_AUTH: z
    .string()
    .optional()
    .transform((text) => text?.trim() || undefined)
    .pipe(z.enum(['google'], { message: 'must be google, or left out' }).optional()),
  SANDBOX_PORT: port(3100),
  LOG_LEVEL: z
    .string()
    .optional()
    .transform((text) => text?.trim() || 'info')
    .pipe(z.enum(['debug', 'info', 'warn', 'error'], { message: 'must be debug, info, warn or error' })),
});

const storage = environment.pick({
  DATABASE_URL: true,
  DATA_DIR: true,
  ENCRYPTION_KEY: true,
  ENCRYPTION_KEY_FILE: true,
});

/** Said where a PostgreSQL is named and no key. */
export const MISSING_KEY =
  'ENCRYPTION_KEY or ENCRYPTION_KEY_FILE is missing: with DATABASE_URL, secrets are sealed with a key of yours. ' +
  'Make one with `openssl rand -base64 32`, and keep it apart from the backups.';

function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${path.join('.')} ${message}.`);
}

/** Reads the environment whole. Throws a ConfigError that names every bad or missing variable at once. */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env);
  const problems = parsed.success ? [] : problemsOf(parsed.error);
  const slack = slackConfig(env, problems);
  for (const name of ['SLACK_API_URL', 'CLOCK_URL'] as const) {
    const url = env[name]?.trim();
    if (url && URL.canParse(url) && !isTrusted(url) && env.ALLOW_NON_SLACK_API !== '1') {
      problems.push(`${name} is neither Slack nor this machine. Set ALLOW_NON_SLACK_API=1 if that is what you want.`);
    }
  }
  const prometheus = prometheusAccess(parsed.data ?? {}, problems);
  const { database, keys } = storageOf(parsed.data ?? {}, problems);
  if (parsed.success && !keys && problems.length === 0) problems.push(MISSING_KEY);
  if (!parsed.success || !slack || !keys || problems.length > 0) throw new ConfigError(problems);
  const values = parsed.data;
  return {
    slack,
    slackApiUrl: values.SLACK_API_URL,
    clockUrl: values.CLOCK_URL,
    database,
    keys,
    port: values.PORT,
    metrics: { host: values.METRICS_HOST, port: values.METRICS_PORT },
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    prometheus,
    sandboxPort: values.SANDBOX_PORT,
    logLevel: values.LOG_LEVEL,
  };
}

/** The same for what needs the database and nothing of Slack. */
export function parseStorage(env: Record<string, string | undefined>): Storage {
  const parsed = storage.safeParse(env);
  const problems = parsed.success ? [] : problemsOf(parsed.error);
  const found = storageOf(parsed.data ?? {}, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return found;
}

function storageOf(values: Partial<z.infer<typeof storage>>, problems: string[]): Storage {
  const { DATABASE_URL: url, DATA_DIR: directory = '', ENCRYPTION_KEY: given, ENCRYPTION_KEY_FILE: path } = values;
  if (given && path) problems.push('ENCRYPTION_KEY and ENCRYPTION_KEY_FILE exclude each other.');
  const keys = given ? parseKeys(given) : undefined;
  const made: KeySource | undefined = url ? undefined : { kind: 'made', path: join(directory, 'encryption.key') };
  return {
    database: url ? { kind: 'postgres', url } : { kind: 'embedded', directory },
    keys: keys ? { kind: 'given', keys } : path ? { kind: 'file', path } : made,
  };
}

function prometheusAccess(
  values: Partial<z.infer<typeof environment>>,
  problems: string[],
): PrometheusAccess | undefined {
  const { PROMETHEUS_URL: url, PROMETHEUS_TOKEN_FILE: path, PROMETHEUS_AUTH: auth } = values;
  if (!url && (path || auth)) problems.push('PROMETHEUS_URL is missing: without it there is nothing to open.');
  if (path && auth) problems.push('PROMETHEUS_TOKEN_FILE and PROMETHEUS_AUTH exclude each other.');
  if (!url) return undefined;
  return { url, auth: path ? { kind: 'file', path } : auth ? { kind: auth } : { kind: 'none' } };
}

function hasExtras(text: string): boolean {
  const { username, password, search, hash } = new URL(text);
  return `${username}${password}${search}${hash}` !== '';
}

function isTrusted(url: string): boolean {
  const { hostname, protocol } = new URL(url);
  if (hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)) return true;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}
