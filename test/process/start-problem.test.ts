// @module-tag slow
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, inject, it } from 'vitest';
import { openPostgres } from '../../src/db/engine/client.ts';
import { loadEmbedded } from '../../src/db/engine/embedded/embedded-dump.ts';
import { backUp } from '../../src/process/backups.ts';
import { openDatabase } from '../../src/process/open-database.ts';
import { databaseProblem, slackProblem } from '../../src/process/start-problem.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Something that listens where PostgreSQL would, and how often it was connected to. */
async function listen(onConnection: (socket: Socket) => void) {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `postgres://ana:secret@127.0.0.1:${(server.address() as AddressInfo).port}/stability`;
  return { url, connections: () => connections };
}

/** A server that refuses each start-up message with this SQLSTATE, as the wire protocol has it. */
const refusing = (code: string) =>
  listen((socket) =>
    socket.once('data', () => {
      const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mno\0\0`);
      const head = Buffer.alloc(5, 'E');
      head.writeInt32BE(4 + fields.length, 1);
      socket.end(Buffer.concat([head, fields]));
    }),
  );

const opening = (url: string) => openDatabase({ kind: 'postgres', url });

it.each([
  ['28P01', /refuses the password of ana.*DATABASE_URL/],
  ['28000', /does not let ana in from here.*pg_hba\.conf/],
  ['3D000', /has no database stability.*createdb stability/],
  ['53300', /takes no more connections/],
])('a server that answers %s is told with the variable and the next step, and no password', async (code, words) => {
  const { url, connections } = await refusing(code);
  const start = opening(url);
  await expect(start).rejects.toThrow(words);
  await expect(start).rejects.toThrow(/^DATABASE_URL: PostgreSQL at 127\.0\.0\.1/);
  await expect(start).rejects.not.toThrow(/secret/);
  expect(connections()).toBe(1);
});

it('a real server without that database is told so', async () => {
  await expect(opening(`${inject('postgresUrl')}/no_such_database`)).rejects.toThrow(/createdb no_such_database/);
});

it('a host that has no address is told so', async () => {
  await expect(opening('postgres://ana@no-such-host.invalid/stability')).rejects.toThrow(/cannot be found/);
});

it('a pooler that closes every connection is asked a few times and told of within ten seconds', async () => {
  const { url, connections } = await listen((socket) => socket.destroy());
  const from = performance.now();
  await expect(opening(url)).rejects.toThrow(/closes each connection before it is ready/);
  expect(performance.now() - from).toBeLessThan(10_000);
  expect(connections()).toBeLessThanOrEqual(10);
});

it('a pooler that closes the first connections does not keep the bot from starting', async () => {
  const target = new URL(inject('postgresUrl'));
  let refused = 0;
  const { connect } = await import('node:net');
  const pooler = await listen((socket) => {
    if (refused < 2) {
      refused += 1;
      socket.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    upstream.on('error', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  const port = new URL(pooler.url).port;
  const through = new URL(`${inject('postgresUrl')}/burndown_template`);
  through.port = port;
  const { db, close } = await openPostgres(through.href);
  expect(db).toBeDefined();
  await close();
  expect(refused).toBe(2);
});

async function aDataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'burndown-start-'));
  closers.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

it('a damaged database is told with its newest backup and the command that puts it back', async () => {
  const directory = await aDataDirectory();
  await loadEmbedded(inject('embeddedTemplate'), join(directory, 'database'));
  const { close, dump } = await openDatabase({ kind: 'embedded', directory });
  if (!dump) throw new Error('The embedded database packs itself.');
  await backUp(dump, directory, '2026-11-22');
  await backUp((file) => writeFile(file, ''), directory, '2026-11-21');
  await close();
  await truncate(join(directory, 'database', 'global', 'pg_control'), 0);
  const start = openDatabase({ kind: 'embedded', directory });
  await expect(start).rejects.toThrow(/may be damaged/);
  await expect(start).rejects.toThrow(/npm run admin -- restore \S*burndown-2026-11-22\.tar\.gz/);
});

it('a data directory that is a file, or lies below one, is told by its variable', async () => {
  const directory = await aDataDirectory();
  await writeFile(join(directory, 'file'), '');
  const start = openDatabase({ kind: 'embedded', directory: join(directory, 'file') });
  await expect(start).rejects.toThrow(/^DATA_DIR: .*is no directory/);
});

it.each([
  ['EACCES', /^DATA_DIR: \/data may not be written by this user/],
  ['EROFS', /may not be written/],
  ['ENOSPC', /the disk of \/data is full/],
])('a data directory that fails with %s is told by its variable', (code, words) => {
  const error = new Error('of the driver', { cause: Object.assign(new Error('no'), { code }) });
  expect(databaseProblem(error, { dataDirectory: '/data' })?.message).toMatch(words);
  expect(databaseProblem(new TypeError('a bug'), { dataDirectory: '/data' })).toBeUndefined();
});

it.each([
  ['SLACK_BOT_TOKEN', { error: 'invalid_auth' }, /^SLACK_BOT_TOKEN: Slack says invalid_auth\. Copy the token again/],
  ['SLACK_APP_TOKEN', { error: 'not_allowed_token_type' }, /^SLACK_APP_TOKEN: .*xapp-/],
  ['SLACK_BOT_TOKEN', { error: 'account_inactive' }, /removed from the workspace/],
  ['SLACK_APP_TOKEN', { error: 'missing_scope', needed: 'connections:write' }, /lacks the scope connections:write/],
] as const)('what Slack refuses is told by %s', (variable, data, words) => {
  expect(
    slackProblem(Object.assign(new Error('no'), { code: 'slack_webapi_platform_error', data }), variable)?.message,
  ).toMatch(words);
  expect(slackProblem(new TypeError('a bug'), variable)).toBeUndefined();
});
