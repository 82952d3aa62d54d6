import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { checkManifest } from './check-manifest.ts';
import type { Manifest } from './manifest.ts';
import { servePage } from './page-server.ts';
import { type DeliveryTarget, startSandbox } from './sandbox.ts';

const USAGE = `npm run sandbox -- --manifest FILE [--http URL | --socket] [--port N] [--state FILE] [--host H] [--child]
  --manifest  the app's Slack manifest, YAML or JSON
  --http      where the app takes Slack's requests, e.g. http://127.0.0.1:3000/slack/events
  --socket    the app connects by Socket Mode (the default)
  --port      of the sandbox; any free one unless given
  --state     a file that keeps the workspace between runs
  --host      127.0.0.1 unless given: others on the network could read and act in the workspace
  --child     exit when stdin closes
`;

const { values } = parseArgs({
  options: {
    manifest: { type: 'string' },
    http: { type: 'string' },
    socket: { type: 'boolean' },
    port: { type: 'string', default: '0' },
    state: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    child: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

if (values.help || !values.manifest || (values.http && values.socket) || !/^\d{1,5}$/.test(values.port)) {
  process.stderr.write(USAGE);
  process.exit(values.help ? 0 : 2);
}

let manifest: Manifest;
try {
  manifest = checkManifest(parse(readFileSync(values.manifest, 'utf8')));
} catch (error) {
  process.stderr.write(`${values.manifest}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
const delivery: DeliveryTarget = values.http ? { kind: 'http', url: values.http } : { kind: 'socket' };
const sandbox = await startSandbox({
  manifest,
  delivery,
  port: Number(values.port),
  host: values.host,
  stateFile: values.state,
  // Nobody else on the machine can guess the tokens.
  randomSeed: randomInt(2 ** 32),
});
// Built while the app under test starts up; the Web API does not wait for it.
servePage(sandbox).catch((error: unknown) => process.stderr.write(`The page could not be built: ${String(error)}\n`));

const { apiUrl, origin, botToken, appToken, signingSecret } = sandbox;
const pageUrl = `${origin}/`;
const clockUrl = `${origin}/clock`;
process.stdout.write(`${JSON.stringify({ apiUrl, botToken, appToken, signingSecret, pageUrl, clockUrl })}\n`);
process.stderr.write(`A local workspace for ${sandbox.app.name} is at ${pageUrl}
  SLACK_API_URL=${apiUrl}
  SLACK_BOT_TOKEN=${botToken}
  ${delivery.kind === 'http' ? `SLACK_SIGNING_SECRET=${signingSecret}` : `SLACK_APP_TOKEN=${appToken}`}
`);

const stop = () => void sandbox.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
if (values.child) {
  process.stdin.once('end', stop);
  process.stdin.once('close', stop);
  process.stdin.resume();
}
