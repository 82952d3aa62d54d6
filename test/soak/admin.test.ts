import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { count, eq } from 'drizzle-orm';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { runAdmin } from '../../src/admin.ts';
import { type Db, type OpenDatabase, openPostgres } from '../../src/db/engine/client.ts';
import { loadEmbedded } from '../../src/db/engine/embedded/embedded-dump.ts';
import { enqueuePost } from '../../src/db/messages/outbox.ts';
import { defects, reports } from '../../src/db/schema/defects.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { sealSecret } from '../../src/db/signals/signal-secrets.ts';
import { hashOf, insertSignalSource } from '../../src/db/signals/signal-sources.ts';
import { backUp } from '../../src/process/backups.ts';
import { openKeyRing } from '../../src/process/keys/encryption-keys.ts';
import { openDatabase } from '../../src/process/open-database.ts';
import { assignOwner } from '../../src/usecases/defects/change-defect.ts';
import { mergeDefects } from '../../src/usecases/grouping/merge-defects.ts';
import { aDefect, aProgram, MONDAY } from '../builders.ts';

const ADMIN = fileURLToPath(new URL('../../src/admin.ts', import.meta.url));
type Ended = { code: number; said: string };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'burndown-admin-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** What an operator types, and what comes of it. */
async function admin(...args: string[]): Promise<Ended> {
  const said: string[] = [];
  const code = await runAdmin(args, {
    env: { DATA_DIR: directory },
    say: (words) => said.push(words),
    complain: (words) => said.push(words),
  });
  return { code, said: said.join('\n') };
}

/** The same, in a process of its own. */
async function adminProcess(...args: string[]): Promise<Ended> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [ADMIN, ...args], { env: { PATH, DATA_DIR: directory } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const code = await new Promise<number>((resolve) => child.once('close', resolve));
  return { code, said };
}

const open = () => openDatabase({ kind: 'embedded', directory });
async function openNew(): Promise<OpenDatabase> {
  await loadEmbedded(inject('embeddedTemplate'), join(directory, 'database'));
  return open();
}

/** Three defects, the first of them merged into the last. */
async function fill(db: Db) {
  const program = await aProgram(db);
  for (const title of ['Webhook answers 400', 'Sync stuck', 'Webhook answers 500'])
    await aDefect(db, program, { title });
  await mergeDefects(db, program, 1, 3, { by: 'U1', now: MONDAY });
  return program;
}

const countOf = async (db: Db, table: typeof defects | typeof reports | typeof outbox) =>
  (await db.select({ n: count() }).from(table))[0]?.n ?? 0;

it('lists what could not be sent, without its text, and makes it due again', async () => {
  const { db, close } = await openNew();
  const { workspaceId } = await fill(db);
  const body = { text: 'A very private digest', blocks: [] };
  await enqueuePost(db, { workspaceId, dedupeKey: 'digest:1', channel: 'C9', body, runAt: MONDAY });
  await db.update(outbox).set({ state: 'dead', lastError: 'not_in_channel' }).where(eq(outbox.dedupeKey, 'digest:1'));
  await close();
  const listed = await admin('outbox');
  expect(listed.said).toContain('C9  not_in_channel');
  expect(listed.said).toContain('1 could not be sent.');
  expect(listed.said).not.toContain('private');
  expect((await admin('outbox', 'redrive')).said).toContain('1 message is due again.');
  expect((await admin('outbox')).said).toContain('Everything could be sent.');
});

it('backs up while the bot works, restores what was there, and keeps what was there last', async () => {
  const { db, dump, close } = await openNew();
  await fill(db);
  const [defectsThen, reportsThen] = [await countOf(db, defects), await countOf(db, reports)];
  if (!dump) throw new Error('no dump');
  await mkdir(join(directory, 'backups'));
  for (const day of [15, 16, 17, 18, 19, 20, 21])
    await writeFile(join(directory, `backups/burndown-2026-11-${day}.tar.gz`), 'an older one');
  await backUp(dump, directory, '2026-11-22');
  await db.delete(outbox);
  await db.update(defects).set({ title: 'Spoilt' });
  const refused = await adminProcess('backup');
  await close();
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('is in use by process') });
  expect((await readdir(join(directory, 'backups'))).sort()).toEqual(
    [16, 17, 18, 19, 20, 21, 22].map((day) => `burndown-2026-11-${day}.tar.gz`),
  );

  const restored = await admin('restore', join(directory, 'backups/burndown-2026-11-22.tar.gz'));
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('database.before-restore-1') });
  const again = await open();
  expect(await countOf(again.db, reports)).toBe(reportsThen);
  expect(await again.db.$count(defects, eq(defects.title, 'Sync stuck'))).toBe(1);
  expect(await countOf(again.db, defects)).toBe(defectsThen);
  await again.close();
});

it('erases a person only when told twice, and refuses while they own open defects', async () => {
  const { db, close } = await openNew();
  const program = await aProgram(db);
  const { number } = await aDefect(db, program, { reporterId: 'UGONE', title: 'Told by somebody' });
  await assignOwner(db, program, number, 'UGONE', { by: 'ULEAD', now: MONDAY });
  await close();
  expect((await admin('forget', 'not an id')).code).toBe(2);
  expect((await admin('forget', 'UGONE', '--everything')).code).toBe(2);
  expect(await admin('forget', 'UNOBODY', '--yes')).toMatchObject({
    code: 1,
    said: expect.stringContaining('Nothing is known of UNOBODY.'),
  });
  expect((await admin('forget', 'UGONE')).said).toContain('Add --yes to do it.');
  const owns = await admin('forget', 'UGONE', '--workspace', program.workspaceId, '--yes');
  expect(owns).toMatchObject({ code: 1, said: expect.stringContaining('Launch stability: D-1 Told by somebody') });
  const done = await admin('forget', 'UGONE', '--yes', '--unassign');
  expect(done.code).toBe(0);
  expect(done.said).toMatch(/^reports +1$/m);
  expect(done.said).toMatch(/UGONE is somebody-[0-9a-f]{8} in T/);
  const again = await open();
  expect(await again.db.$count(reports, eq(reports.reporterId, 'UGONE'))).toBe(0);
  await again.close();
});

it('puts one account of a person in the place of another only when told twice', async () => {
  const { db, close } = await openNew();
  const program = await aProgram(db);
  const { number } = await aDefect(db, program, { reporterId: 'UOLD' });
  await assignOwner(db, program, number, 'UOLD', { by: 'ULEAD', now: MONDAY });
  await close();
  for (const args of [['UOLD'], ['UOLD', 'UOLD'], ['UOLD', 'somebody'], ['UOLD', 'WNEW', 'WMORE']])
    expect((await admin('merge', ...args)).code).toBe(2);
  expect((await admin('merge', 'UNOBODY', 'WNEW', '--yes')).said).toContain('Nothing is known of UNOBODY.');
  expect(await admin('merge', 'UOLD', 'WNEW')).toMatchObject({ code: 1, said: expect.stringContaining('Add --yes') });
  const done = await admin('merge', 'UOLD', 'WNEW', '--yes');
  expect(done).toMatchObject({ code: 0, said: expect.stringContaining(`UOLD is WNEW in ${program.workspaceId}`) });
  const again = await open();
  expect(await again.db.$count(reports, eq(reports.reporterId, 'WNEW'))).toBe(1);
  expect(await again.db.$count(defects, eq(defects.ownerId, 'WNEW'))).toBe(1);
  await again.close();
});

it('moves everything into an empty PostgreSQL, where the numbering goes on, and refuses one in use', async () => {
  const { db, close } = await openNew();
  const program = await fill(db);
  await close();
  const server = inject('postgresUrl');
  const name = `moved_${randomUUID().replaceAll('-', '')}`;
  const operator = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
  await operator.unsafe(`create database ${name}`);
  const url = `${server}/${name}`;

  const moved = await admin('move', '--to', url);
  expect(moved.said).toMatch(/^defects +3 here, 3 there$/m);
  expect(moved.code).toBe(0);
  const there = await openPostgres(url);
  const rows = await there.db.select().from(defects).orderBy(defects.number);
  expect(rows.map(({ mergedIntoId }) => mergedIntoId)).toEqual([rows[2]?.id, null, null]);
  const fourth = await aDefect(there.db, program, { title: 'Login loops' });
  expect(fourth.number).toBe(4);
  await there.close();
  expect(await admin('move', '--to', url)).toMatchObject({ code: 1, said: expect.stringContaining('is not empty') });
  await operator.unsafe(`drop database ${name} with (force)`);
  await operator.end();
});

it('names the key that a copy needs, takes it along nowhere, and seals anew with another', async () => {
  const { db, close } = await openNew();
  const program = await aProgram(db);
  const file = join(directory, 'encryption.key');
  const made = await openKeyRing({ kind: 'made', path: file }, db);
  const owner = { workspaceId: program.workspaceId, tokenHash: hashOf('a token') };
  await insertSignalSource(db, {
    ...{ programId: program.id, kind: 'stripe', name: 'Payments', areaId: program.areaIds[0] ?? 0, severity: 'S2' },
    ...{ mapping: null, createdBy: 'UANA', createdAt: MONDAY, token: 'a token' },
    secrets: [sealSecret(made, 'whsec_1', owner)],
  });
  await close();
  const backup = join(directory, 'one.tar.gz');
  const words = `only with the key ${made.currentId} from ${file}.`;
  expect(await admin('backup', backup)).toMatchObject({ code: 0, said: expect.stringContaining(words) });
  expect(await admin('restore', backup)).toMatchObject({ code: 0, said: expect.stringContaining(words) });

  const older = await readFile(file, 'utf8');
  await writeFile(file, `${randomBytes(32).toString('base64')}\n`);
  const refused = await admin('rekey');
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining(`sealed with the key ${made.currentId}`) });
  expect(refused.said).not.toContain(' at ');
  await writeFile(file, `${randomBytes(32).toString('base64')}\n${older}`);
  expect((await admin('rekey')).said).toMatch(
    /^The secrets of 1 source, 0 trackers and 0 installations were sealed anew with the key [0-9a-f]{8}\./,
  );
  expect((await admin('rekey')).said).toMatch(/^The secrets of 0 sources/);
  await writeFile(file, older);
  expect((await admin('rekey')).code).toBe(1);
});

it('says how it is used when it is used wrongly', async () => {
  expect(await admin('outbax')).toMatchObject({ code: 2, said: expect.stringContaining('outbox redrive [ID ...]') });
});
