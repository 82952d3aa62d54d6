import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, parseStorage } from '../src/config.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the environment', () => {
  it('without credentials means the local sandbox and the embedded database', () => {
    expect(parseConfig({})).toEqual({
      slack: { kind: 'sandbox' },
      slackApiUrl: undefined,
      clockUrl: undefined,
      database: { kind: 'embedded', directory: '.data' },
      keys: { kind: 'made', path: '.data/encryption.key' },
      port: 3000,
      metrics: { host: '127.0.0.1', port: 9464 },
      publicUrl: undefined,
      sandboxPort: 3100,
      logLevel: 'info',
    });
  });

  it('with a bot token and an app token means Socket Mode, with a signing secret HTTP', () => {
    expect(parseConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }).slack.kind).toBe('socket');
    expect(parseConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }).slack.kind).toBe('http');
  });

  const oauth = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'c',
    SLACK_STATE_SECRET: 't',
    SLACK_SIGNING_SECRET: 's',
  };

  it('lets workspaces install the app themselves, with what Slack knows the app by', () => {
    const { slack } = parseConfig(oauth);
    expect(slack).toEqual({ kind: 'oauth', clientId: '1.2', clientSecret: 'c', stateSecret: 't', signingSecret: 's' });
  });

  it.each(Object.keys(oauth))('needs %s for workspaces that install the app themselves', (name) => {
    expect(problemsOf({ ...oauth, [name]: ' ' })).toEqual([expect.stringContaining(`${name} is missing`)]);
  });

  it.each(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'])('takes no %s beside them', (name) => {
    const problems = problemsOf({ ...oauth, [name]: name === 'SLACK_BOT_TOKEN' ? 'xoxb-1' : 'xapp-1' });
    expect(problems).toEqual([expect.stringContaining(`${name} is for one workspace`)]);
  });

  it('knows the address of this host without a slash at its end', () => {
    expect(parseConfig({ PUBLIC_URL: 'https://bot.example.com/burndown/' }).publicUrl).toBe(
      'https://bot.example.com/burndown',
    );
  });

  it('in production never falls back to the sandbox', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([expect.stringContaining('SLACK_BOT_TOKEN is missing')]);
  });

  it('names every problem at once', () => {
    const problems = problemsOf({
      SLACK_BOT_TOKEN: 'hunter2',
      DATABASE_URL: 'mysql://nope',
      PORT: '99999',
      SANDBOX_PORT: 'x',
      LOG_LEVEL: 'loud',
      SLACK_API_URL: 'https://slack.example.com/api/',
    });
    for (const name of [
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'DATABASE_URL',
      'PORT',
      'SANDBOX_PORT',
      'LOG_LEVEL',
      'SLACK_API_URL',
    ]) {
      expect(problems.filter((problem) => problem.startsWith(name))).toHaveLength(1);
    }
  });

  it('never repeats a secret in its complaint', () => {
    const env = {
      SLACK_BOT_TOKEN: 'hunter2',
      SLACK_APP_TOKEN: 'swordfish',
      DATABASE_URL: 'mysql://u:letmein@h',
      ENCRYPTION_KEY: 'opensesame',
    };
    expect(problemsOf(env).join(' ')).not.toMatch(/hunter2|swordfish|letmein|opensesame/);
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxb-1 xoxb-2'],
    ['SLACK_APP_TOKEN', 'xoxb-the-wrong-one'],
    ['PORT', '-1'],
    ['PORT', '3.5'],
    ['PORT', '0x10x'],
    ['ENCRYPTION_KEY', 'too short'],
    ['ENCRYPTION_KEY', `${KEY},too short`],
    ['ENCRYPTION_KEY_FILE', 'a\0b'],
    ['METRICS_PORT', '65536'],
    ['METRICS_HOST', 'metrics.example.com'],
    ['DATABASE_URL', 'localhost:5432/db'],
    ['DATABASE_URL', 'file:///etc/passwd'],
    ['DATA_DIR', 'a\0b'],
    ['CLOCK_URL', 'javascript:alert(1)'],
    ['PUBLIC_URL', 'bot.example.com'],
    ['PROMETHEUS_URL', 'prometheus:9090'],
    ['PROMETHEUS_URL', 'file:///etc/passwd'],
    ['PROMETHEUS_URL', 'http://user:letmein@prometheus:9090'],
    ['PROMETHEUS_URL', 'http://prometheus:9090/?x=1'],
    ['PROMETHEUS_URL', 'http://prometheus:9090/#x'],
    ['PROMETHEUS_TOKEN_FILE', 'a\0b'],
    ['PROMETHEUS_AUTH', 'basic'],
    ['SLACK_API_URL', 'http://slack.com.evil.example/'],
    ['SLACK_API_URL', 'http://127.0.0.1.evil.example/'],
    ['SLACK_API_URL', 'http://slack.com/api/'],
  ])('%s=%j is refused by name', (name, value) => {
    const good = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
    expect(problemsOf({ ...good, [name]: value }).some((problem) => problem.startsWith(name))).toBe(true);
  });

  it('asks a Prometheus with no token, one from a file or that of the service account', () => {
    const url = 'https://monitoring.googleapis.com/v1/projects/p/location/global/prometheus';
    const access = (env: Record<string, string>) => parseConfig({ PROMETHEUS_URL: url, ...env }).prometheus;
    expect(parseConfig({}).prometheus).toBeUndefined();
    expect(access({})).toEqual({ url, auth: { kind: 'none' } });
    expect(access({ PROMETHEUS_TOKEN_FILE: '/run/token' })).toEqual({
      url,
      auth: { kind: 'file', path: '/run/token' },
    });
    expect(access({ PROMETHEUS_AUTH: 'google' })).toEqual({ url, auth: { kind: 'google' } });
    const both = { PROMETHEUS_URL: url, PROMETHEUS_TOKEN_FILE: '/run/token', PROMETHEUS_AUTH: 'google' };
    expect(problemsOf(both)).toEqual(['PROMETHEUS_TOKEN_FILE and PROMETHEUS_AUTH exclude each other.']);
    expect(problemsOf({ PROMETHEUS_AUTH: 'google' })).toEqual([expect.stringContaining('PROMETHEUS_URL is missing')]);
  });

  it('with a PostgreSQL needs a key, and says how one is made; older keys stand behind it', () => {
    const url = { DATABASE_URL: 'postgres://db/burndown' };
    expect(problemsOf(url)).toEqual([expect.stringContaining('`openssl rand -base64 32`')]);
    const older = Buffer.alloc(32, 8).toString('base64');
    expect(parseConfig({ ...url, ENCRYPTION_KEY: `${KEY},${older}` }).keys).toEqual({
      kind: 'given',
      keys: [Buffer.alloc(32, 7), Buffer.alloc(32, 8)],
    });
    expect(parseConfig({ ...url, ENCRYPTION_KEY_FILE: '/run/key' }).keys).toEqual({ kind: 'file', path: '/run/key' });
    expect(problemsOf({ ...url, ENCRYPTION_KEY: KEY, ENCRYPTION_KEY_FILE: '/run/key' })).toEqual([
      'ENCRYPTION_KEY and ENCRYPTION_KEY_FILE exclude each other.',
    ]);
    expect(parseStorage(url)).toEqual({ database: { kind: 'postgres', url: url.DATABASE_URL }, keys: undefined });
  });

  it('takes a local Slack, and another one only when told', () => {
    const good = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
    expect(problemsOf({ ...good, SLACK_API_URL: 'http://127.0.0.1:3100/api/' })).toEqual([]);
    expect(problemsOf({ ...good, SLACK_API_URL: 'https://slack.com/api/' })).toEqual([]);
    expect(problemsOf({ ...good, SLACK_API_URL: 'https://proxy.example/', ALLOW_NON_SLACK_API: '1' })).toEqual([]);
  });
});
