import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../src/config.ts';
import { SIGNAL_KINDS } from '../src/domain/signals/signal.ts';
import { SIGNAL_PATH } from '../src/signals/signal-route.ts';
import { HOOK_PATH } from '../src/trackers/hook-route.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const docs = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pagesBelow('docs')];

function pagesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

/** The code blocks of a page that are of this language. */
function blocks(path: string, language: string): string[] {
  return [...read(path).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, body]) => body ?? '');
}

/** What GitHub makes of a heading for links to it. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

describe('the docs', () => {
  it.each(docs)('%s links to nothing that is not there', (page) => {
    const broken = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].filter(
      ([, path, fragment]) => {
        const target = path ? join(dirname(page), path) : page;
        if (!existsSync(join(ROOT, target))) return true;
        if (!fragment) return false;
        return ![...read(target).matchAll(/^#+ (.+)$/gm)].some(([, heading]) => anchor(heading ?? '') === fragment);
      },
    );
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it.each(docs)('%s names only commands that there are', (page) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const benches = read('bench/main.ts');
    const text = read(page);
    const missing = [
      ...[...text.matchAll(/npm run bench -- ([a-z-]+)/g)].filter(
        ([, name]) => !benches.includes(`./${name}.ts`) && !benches.includes(`${name}: () =>`),
      ),
      ...[...text.matchAll(/npm run ([a-z:-]*[a-z])(?! -w)/g)].filter(([, name = '']) => !(name in scripts)),
    ];
    expect(missing.map(([command]) => command)).toEqual([]);
  });

  it.each(docs)('%s names no file or folder of the code that is not there', (page) => {
    const named = [...read(page).matchAll(/`((?:src|test|bench|docs|sandbox|drizzle)\/[\w./-]+|[\w./-]+\.ts)`/g)];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('every kind of source but pushed figures has its page, which the page of all names', () => {
    const pages = SIGNAL_KINDS.filter((kind) => kind !== 'metrics').map((kind) => `${kind.replaceAll('_', '-')}.md`);
    expect(pagesBelow('docs/signals')).toEqual(expect.arrayContaining(pages.map((name) => `docs/signals/${name}`)));
    for (const name of pages) expect(read('docs/signals.md')).toContain(`(signals/${name})`);
  });

  it('every picture of the guides is shown by one of them, is described, and is small', () => {
    const guides = pagesBelow('docs/trackers').map(read).join('\n');
    const shown = [...guides.matchAll(/!\[[^\]]{20,}\]\(pictures\/([\w-]+\.png)\)/g)].map(([, name]) => name);
    const pictures = readdirSync(join(ROOT, 'docs/trackers/pictures'));
    expect(pictures.toSorted()).toEqual([...new Set(shown)].toSorted());
    const sizes = pictures.map((name) => statSync(join(ROOT, 'docs/trackers/pictures', name)).size);
    expect(Math.max(...sizes)).toBeLessThan(60_000);
  });

  it('the README is short', () => {
    expect(Buffer.byteLength(read('README.md'))).toBeLessThanOrEqual(8_000);
  });

  it('the services of the compose file start the bot with variables that it knows', () => {
    const [text = ''] = blocks('docs/operations.md', 'yaml');
    const { services, volumes } = parse(text) as {
      services: Record<string, { environment?: Record<string, string>; volumes?: string[]; depends_on?: string[] }>;
      volumes: Record<string, unknown>;
    };
    const { burndown } = services;
    const secrets = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
    };
    const config = parseConfig({ NODE_ENV: 'production', ...burndown?.environment, ...secrets });
    expect(config).toMatchObject({
      database: { kind: 'postgres' },
      slack: { kind: 'socket' },
      metrics: { host: '0.0.0.0' },
    });
    for (const name of burndown?.depends_on ?? []) expect(services).toHaveProperty(name);
    const mounts = Object.values(services).flatMap((service) => service.volumes ?? []);
    for (const [source = ''] of mounts.map((mount) => mount.split(':'))) {
      if (source.startsWith('./')) expect(source === './prometheus.yml' || existsSync(join(ROOT, source))).toBe(true);
      else expect(volumes).toHaveProperty(source);
    }
  });

  it('the Prometheus of the compose file asks where the bot tells its metrics, by the alerts that are mounted', () => {
    const [compose = '', prometheus = ''] = blocks('docs/operations.md', 'yaml');
    const { services } = parse(compose) as { services: Record<string, { volumes?: string[] }> };
    const { rule_files: rules, scrape_configs: jobs } = parse(prometheus) as {
      rule_files: string[];
      scrape_configs: { static_configs: { targets: string[] }[] }[];
    };
    const { metrics } = parseConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    const targets = jobs.flatMap((job) => job.static_configs.flatMap((one) => one.targets));
    expect(targets).toEqual([`burndown:${metrics.port}`]);
    expect(services).toHaveProperty('burndown');
    for (const name of rules)
      expect(services.prometheus?.volumes).toContainEqual(`./${name}:/etc/prometheus/${name}:ro`);
  });

  it('the proxy passes on whatever comes from outside, and nothing that is for inside', () => {
    const [nginx = ''] = blocks('docs/operations.md', 'nginx');
    const locations = [...nginx.matchAll(/location (\S+)\s+\{ proxy_pass http:\/\/127\.0\.0\.1:3000; \}/g)].map(
      ([, path = '']) => path,
    );
    const isPassed = (path: string) => locations.some((location) => path.startsWith(location));
    const outside = ['/slack/events', '/slack/install', '/slack/oauth_redirect', SIGNAL_PATH, HOOK_PATH];
    expect(outside.filter((path) => !isPassed(path))).toEqual([]);
    expect(['/healthz', '/readyz', '/metrics'].filter(isPassed)).toEqual([]);
  });

  it('the unit of systemd starts what is there, with variables that the bot knows', () => {
    const [unit = ''] = blocks('docs/operations.md', 'ini');
    const [, entry = ''] = /^ExecStart=\S+ node (\S+)$/m.exec(unit) ?? [];
    expect(existsSync(join(ROOT, entry))).toBe(true);
    const [, environment = ''] = /^Environment=(.+)$/m.exec(unit) ?? [];
    const given = Object.fromEntries(environment.split(' ').map((one) => one.split('=') as [string, string]));
    const config = parseConfig({ ...given, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(config.database).toEqual({ kind: 'embedded', directory: '/var/lib/burndown' });
  });

  it('every variable that the bot reads is in the table, and no other', () => {
    const source = read('src/config.ts');
    const known = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name ?? '');
    const table = read('docs/operations.md').split('## Scopes')[0] ?? '';
    const told = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) =>
      [...(cell ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name ?? ''),
    );
    expect(known.length).toBeGreaterThan(5);
    for (const name of known) expect(`${table}`).toContain(name);
    for (const name of told) expect(source).toContain(name);
  });
});
