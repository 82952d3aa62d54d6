import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SANDBOX = fileURLToPath(new URL('../sandbox', import.meta.url));
const STARTER = fileURLToPath(new URL('./sandbox/bolt-starter.cjs', import.meta.url));
const BOLTS = ['5', '4'];
const LONGEST_ANSWER_MS = 20_000;

const MANIFEST = {
  display_information: { name: 'Starter' },
  features: { bot_user: { display_name: 'starter' } },
  oauth_config: { scopes: { bot: ['chat:write', 'channels:history'] } },
  settings: {
    event_subscriptions: { bot_events: ['message.channels'] },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
};

type Ready = { apiUrl: string; botToken: string; appToken: string; pageUrl: string };
type Answer<Result> = { ok: boolean; error?: string; result: Result };
type Message = { ts: string; text: string };

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Folders of the path without those that npm puts there: what a stranger's shell has. */
const plainPath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);

/** The environment of a stranger's shell, so that nothing of this package's own settings reaches what is run. */
const plain = Object.fromEntries(
  Object.entries({ ...process.env, PATH: plainPath }).filter(
    ([name]) => !/^npm_(?!config_registry)|^INIT_CWD/.test(name),
  ),
);

function plainNode(): string {
  const found = plainPath.split(delimiter).map((folder) => join(folder, 'node'));
  return found.find((path) => existsSync(path)) ?? process.execPath;
}

const npm = (args: string[], cwd: string, env: NodeJS.ProcessEnv) =>
  execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function newFolder(folder: string): string {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  return folder;
}

/** Ends with its stdin, or is ended by `stop`. Resolves with its first line. */
async function start(node: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = plain) {
  const child = spawn(node, args, { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}.`)));
  });
  const stop = () => {
    child.kill();
    return ended;
  };
  return { line, stop };
}

function workspaceOf({ pageUrl }: Ready) {
  const ask = async <Result>(path: string, body?: object): Promise<Result> => {
    const init = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const answer = (await (await fetch(`${pageUrl}sandbox/${path}`, init)).json()) as Answer<Result>;
    if (answer.ok === false) throw new Error(`${path}: ${answer.error}`);
    return answer.result ?? (answer as Result);
  };
  const said = async (channel: string, text: RegExp): Promise<Message> => {
    for (const until = performance.now() + LONGEST_ANSWER_MS; performance.now() < until; ) {
      const { messages } = await ask<{ messages: Message[] }>(`messages?as=ana&channel=${channel}`);
      const found = messages.find((message) => text.test(message.text));
      if (found) return found;
    }
    throw new Error(`Nobody said ${text}.`);
  };
  return { ask, said };
}

/** The app says hello to Ana and hears of her click, as it was written for Slack. */
async function runStarter(node: string, folder: string, ready: Ready, redirect: string): Promise<string> {
  copyFileSync(STARTER, join(folder, 'app.cjs'));
  const { apiUrl, botToken, appToken } = ready;
  const tokens = { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken };
  const app = await start(node, ['--import', redirect, 'app.cjs'], folder, { ...plain, ...tokens });
  const { ask, said } = workspaceOf(ready);
  try {
    const { channel } = await ask<{ channel: string }>('verbs/say', { as: 'ana', to: 'eng-stability', text: 'hello' });
    const { ts } = await said(channel, /Hey there/);
    await ask('verbs/click', { as: 'ana', channel, ts, target: { actionId: 'button_click' } });
    return (await said(channel, /clicked/)).text;
  } finally {
    await app.stop();
  }
}

/** Packs the sandbox, installs it into an empty folder, and runs it and two Bolt apps with the plain Node of the machine. */
export async function run(args: string[]): Promise<void> {
  const node = args[0] ?? plainNode();
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-package-'));
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], SANDBOX, process.env)) as [
    { filename: string; size: number; entryCount: number },
  ];
  say(`npm pack: ${Math.round(packed.size / 1024)} kB, ${packed.entryCount} files`);

  const own = newFolder(join(folder, 'own'));
  npm(['install', join(folder, packed.filename)], own, plain);
  const installed = npm(['ls', '--all', '--parseable'], own, plain).trim().split('\n').length - 1;
  say(`npm install into an empty folder: ${installed} packages`);
  writeFileSync(join(own, 'manifest.json'), JSON.stringify(MANIFEST));

  const program = join(own, 'node_modules/burndown-slack-sandbox/dist/main.js');
  const redirect = join(own, 'node_modules/burndown-slack-sandbox/redirect.js');
  for (const bolt of BOLTS) {
    const sandbox = await start(node, [program, '--manifest', 'manifest.json', '--socket', '--child'], own);
    const ready = JSON.parse(sandbox.line) as Ready;
    const headers = { authorization: `Bearer ${ready.botToken}` };
    const answer = await (await fetch(`${ready.apiUrl}auth.test`, { method: 'POST', headers })).json();
    const page = await fetch(ready.pageUrl);
    say(`Node ${version}: auth.test answers ${JSON.stringify(answer)}, the page ${page.status}`);
    const app = newFolder(join(folder, `bolt-${bolt}`));
    npm(['install', `@slack/bolt@${bolt}`], app, plain);
    const { version: resolved } = JSON.parse(
      readFileSync(join(app, 'node_modules/@slack/bolt/package.json'), 'utf8'),
    ) as { version: string };
    say(`Bolt ${resolved}: "${await runStarter(node, app, ready, redirect)}"`);
    await sandbox.stop();
  }
  rmSync(folder, { recursive: true });
}
