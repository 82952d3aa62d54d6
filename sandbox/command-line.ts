import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import type { DeliveryTarget } from './options.ts';
import { servePage } from './page/server/page-server.ts';
import { limits } from './rules/limits.ts';
import { checkManifest } from './seed/check-manifest.ts';
import type { Manifest } from './seed/manifest.ts';
import { readSeed } from './seed/read-seed.ts';
import { defaultSeed, seedToTry } from './seed/seed.ts';
import { startSandbox } from './start-sandbox.ts';

const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
/** In a working copy, where npm runs the script in the package's folder, while paths are meant from where somebody typed them. */
const isOwnScript = script === 'sandbox' && !import.meta.url.includes('/node_modules/');

const USAGE = `${isOwnScript ? 'npm run sandbox --' : 'slack-sandbox'} --manifest FILE
    [--http URL | --http-by-manifest | --socket] [--port N] [--state FILE] [--host H] [--base-host NAME]
    [--rate-limits off|docs|strict] [--seed FILE] [--child] [--oauth] [--redirect URL] [--also NAME,...] [--org NAME]
  --manifest          the app's Slack manifest, YAML or JSON
  --http              where the app takes all of Slack's requests, e.g. http://127.0.0.1:3000/slack/events
  --http-by-manifest  each request goes to the address that the manifest names for it
  --socket            the app connects by Socket Mode (the default)
  --port              of the sandbox; any free one unless given
  --state             a file that keeps the workspace between runs
  --seed              people, channels and credentials, YAML or JSON: { team, users, channels, credentials }
  --host              127.0.0.1 unless given: others on the network could read and act in the workspace
  --base-host         the name by which the app reaches the sandbox, e.g. host.docker.internal
  --rate-limits       off unless given: answer 429 as the documentation says, or sooner
  --child             exit when stdin closes
  --oauth             start without the app; people install it through its own install page
  --redirect          a redirect URL of the app's settings; with --http, /slack/oauth_redirect there unless one is named
  --also              more workspaces, which the same app can be installed in
  --org               an organisation that all the workspaces belong to
`;

const PROFILES = ['off', 'docs', 'strict'] as const;

const { values } = parseArgs({
  options: {
    manifest: { type: 'string' },
    http: { type: 'string' },
    'http-by-manifest': { type: 'boolean' },
    socket: { type: 'boolean' },
    port: { type: 'string', default: '0' },
    state: { type: 'string' },
    seed: { type: 'string' },
    'base-host': { type: 'string' },
    'rate-limits': { type: 'string', default: 'off' },
    host: { type: 'string', default: '127.0.0.1' },
    child: { type: 'boolean' },
    oauth: { type: 'boolean' },
    redirect: { type: 'string' },
    also: { type: 'string' },
    org: { type: 'string' },
    help: { type: 'boolean' },
  },
});

const ways = [values.http, values['http-by-manifest'], values.socket].filter((way) => way !== undefined);
const rateLimits = PROFILES.find((profile) => profile === values['rate-limits']);
if (values.help || !values.manifest || ways.length > 1 || !rateLimits || !/^\d{1,5}$/.test(values.port)) {
  process.stderr.write(USAGE);
  process.exit(values.help ? 0 : 2);
}

/** What somebody would have typed into the app's settings beside the manifest. */
function withRedirects(manifest: Manifest): Manifest {
  const { redirect_urls: named = [] } = manifest.oauth_config ?? {};
  const usual = values.http && named.length === 0 ? [new URL('/slack/oauth_redirect', values.http).href] : [];
  const urls = [...named, ...(values.redirect ? [values.redirect] : usual)];
  return { ...manifest, oauth_config: { ...manifest.oauth_config, redirect_urls: urls } };
}

const domainOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
const named = (value: string | undefined) =>
  (value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => ({ name, domain: domainOf(name) }));

const fromCaller = (path: string) => resolve(isOwnScript && caller ? caller : '.', path);

function readOrExit<Read>(path: string, read: (path: string) => Read): Read {
  try {
    return read(fromCaller(path));
  } catch (error) {
    process.stderr.write(`${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

const manifest = readOrExit(values.manifest, (path) => withRedirects(checkManifest(parse(readFileSync(path, 'utf8')))));
const workspace = values.seed === undefined ? seedToTry : readOrExit(values.seed, readSeed);
const isHttp = values.http !== undefined || values['http-by-manifest'] === true;
const delivery: DeliveryTarget = isHttp
  ? { kind: 'http', ...(values.http === undefined ? {} : { url: values.http }) }
  : { kind: 'socket' };
const sandbox = await startSandbox({
  manifest,
  delivery,
  port: Number(values.port),
  host: values.host,
  baseHost: values['base-host'],
  rateLimits,
  workspace,
  stateFile: values.state && fromCaller(values.state),
  installed: !values.oauth,
  otherWorkspaces: named(values.also).map((team) => ({ ...defaultSeed, team })),
  organisation: named(values.org)[0],
  // Nobody else on the machine can guess the tokens.
  randomSeed: randomInt(2 ** 32),
});
// Built while the app under test starts up; the Web API does not wait for it.
servePage(sandbox).catch((error: unknown) => process.stderr.write(`The page could not be built: ${String(error)}\n`));

const { apiUrl, origin, botToken, appToken, signingSecret, clientId, clientSecret } = sandbox;
const pageUrl = `${origin}/`;
const clockUrl = `${origin}/clock`;
const authorizationUrl = `${origin}${limits.authorizePath.value}`;
const secrets = { botToken, appToken, signingSecret, clientId, clientSecret };
const said = { apiUrl, ...secrets, pageUrl, clockUrl, authorizationUrl };
process.stdout.write(`${JSON.stringify(said)}\n`);
process.stderr.write(
  [
    `A local workspace for ${sandbox.app.name} is at ${pageUrl}`,
    `  SLACK_API_URL=${apiUrl}`,
    values.oauth
      ? `  SLACK_CLIENT_ID=${clientId}\n  SLACK_CLIENT_SECRET=${clientSecret}\n  authorizationUrl of its installer: ${authorizationUrl}`
      : `  SLACK_BOT_TOKEN=${botToken}`,
    delivery.kind === 'http' ? `  SLACK_SIGNING_SECRET=${signingSecret}` : `  SLACK_APP_TOKEN=${appToken}`,
    '',
  ].join('\n'),
);

const stop = () => void sandbox.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
if (values.child) {
  process.stdin.once('end', stop);
  process.stdin.once('close', stop);
  process.stdin.resume();
}
