import { join } from 'node:path';
import { systemClock } from './clock.ts';
import { type Config, parseStorage, type Storage } from './config.ts';
import { type Db, openPostgres } from './db/engine/client.ts';
import { copyTables } from './db/engine/copy-tables.ts';
import { lockDirectory } from './db/engine/embedded/directory-lock.ts';
import { listDead, redrive } from './db/messages/dead-letters.ts';
import { listWorkspaces } from './db/programs/programs.ts';
import { OperatorError } from './domain/errors/operator-error.ts';
import { counted } from './domain/text/counted.ts';
import { forget, parseForgetArgs } from './process/admin/forget-command.ts';
import { merge, parseMergeArgs } from './process/admin/merge-command.ts';
import { parseWorkspacesArgs, type WorkspacesArgs, workspacesCommand } from './process/admin/workspaces-command.ts';
import { backUp, restore } from './process/backups.ts';
import { keyWords } from './process/keys/key-source.ts';
import { rekey } from './process/keys/rekey.ts';
import { listSecretKeys } from './process/keys/secret-keys.ts';
import { openDatabase } from './process/open-database.ts';
import { openExisting, refuseOthersData } from './process/open-existing.ts';
import { fromWhere, processTerminal, type Terminal } from './process/terminal.ts';

const USAGE = `npm run admin -- outbox                    what could not be sent, and why
npm run admin -- outbox redrive [ID ...]   send it after all, everything or only these
npm run admin -- backup [FILE]             pack the embedded database into a file
npm run admin -- restore FILE              put such a file in its place
npm run admin -- move --to postgres://...  copy the embedded database into an empty PostgreSQL
npm run admin -- rekey                     seal every secret with the first of the keys given
npm run admin -- forget U123 [--workspace T123] [--unassign] [--yes]
                                           erase a person's name and words; counts stay
npm run admin -- merge U123 W456 [--workspace T123] [--yes]
                                           one person with two accounts becomes the second one
npm run admin -- workspaces                which there are, and which the app was taken away from
npm run admin -- workspaces export T123 [FILE]
                                           write all data of one into a file, a line of JSON a row
npm run admin -- workspaces purge T123 [--yes]
                                           delete everything of one that the app was taken away from`;

const OK = 0;
const FAILED = 1;
const USED_WRONGLY = 2;

type Database = Config['database'];

/** Does what an operator typed, and answers the exit code. */
export async function runAdmin(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    if (await obey(args, parseStorage(terminal.env), terminal)) return OK;
    terminal.complain(USAGE);
    return USED_WRONGLY;
  } catch (error) {
    terminal.complain(error instanceof OperatorError ? error.message : String((error as Error).stack ?? error));
    return FAILED;
  }
}

/** Answers false where it was not understood. */
async function obey([command, ...args]: readonly string[], storage: Storage, terminal: Terminal): Promise<boolean> {
  const { database } = storage;
  if (command === 'outbox' && (args.length === 0 || args[0] === 'list')) await list(database, terminal);
  else if (command === 'outbox' && args[0] === 'redrive')
    await redriveAll(database, args.slice(1).map(Number), terminal);
  else if (command === 'backup') await writeBackup(storage, args[0], terminal);
  else if (command === 'restore' && args[0]) await restoreFrom(storage, args[0], terminal);
  else if (command === 'move' && args[0] === '--to' && args[1]) await move(storage, args[1], terminal);
  else if (command === 'rekey' && args.length === 0) await rekey(storage, terminal);
  else if (command === 'forget') return onPerson(forget, parseForgetArgs(args), database, terminal);
  else if (command === 'merge') return onPerson(merge, parseMergeArgs(args), database, terminal);
  else if (command === 'workspaces') return workspaces(parseWorkspacesArgs(args), database, terminal);
  else return false;
  return true;
}

/** Answers false where the command was not understood; one that says why it does nothing has failed. */
async function onPerson<A>(
  command: (db: Db, args: A, now: Date, say: Terminal['say']) => Promise<boolean>,
  args: A | null,
  database: Database,
  terminal: Terminal,
): Promise<boolean> {
  if (!args) return false;
  if (await withDatabase(database, terminal, (db) => command(db, args, systemClock.now(), terminal.say))) return true;
  throw new OperatorError('It is not done.');
}

async function workspaces(args: WorkspacesArgs | null, database: Database, terminal: Terminal): Promise<boolean> {
  if (!args) return false;
  const placeOf = (file: string) => fromWhere(terminal, file);
  const setting = { now: systemClock.now(), say: terminal.say, placeOf };
  await withDatabase(database, terminal, (db) => workspacesCommand(db, args, setting));
  return true;
}

async function withDatabase<T>(database: Database, { complain }: Terminal, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = await openExisting(database, { tell: complain });
  try {
    return await work(db);
  } finally {
    await close();
  }
}

async function list(database: Database, { say, complain }: Terminal): Promise<void> {
  const { db, close } = await openExisting(database, { tell: complain });
  const dead = (await Promise.all((await listWorkspaces(db)).map(({ id }) => listDead(db, id)))).flat();
  await close();
  for (const { id, createdAt, channel, error, attempts, dedupeKey } of dead)
    say(`${id}  ${createdAt.toISOString()}  ${channel}  ${error ?? ''}  ${attempts} attempts  ${dedupeKey}`);
  say(dead.length === 0 ? 'Everything could be sent.' : `${dead.length} could not be sent.`);
}

async function redriveAll(database: Database, ids: number[], { say, complain }: Terminal): Promise<void> {
  if (ids.some((id) => !Number.isSafeInteger(id))) throw new Unusable('The ids are the numbers that the list shows.');
  const { db, close } = await openExisting(database, { tell: complain });
  let count = 0;
  for (const { id } of await listWorkspaces(db)) count += await redrive(db, id, ids.length > 0 ? { ids } : {});
  await close();
  say(`${counted(count, 'message is', 'messages are')} due again. The bot sends them when it runs.`);
}

async function writeBackup({ database, keys }: Storage, file: string | undefined, terminal: Terminal): Promise<void> {
  const directory = embeddedDirectory(database);
  const { db, dump, close } = await openExisting(database, { tell: terminal.complain });
  if (!dump) throw new Unusable('This database cannot be packed.');
  const on = systemClock.now().toISOString().slice(0, 10);
  const written = file ? fromWhere(terminal, file) : await backUp(dump, directory, on);
  if (file) await dump(written);
  const inUse = await listSecretKeys(db);
  await close();
  terminal.say(`The backup is in ${written}. ${keyWords(inUse, keys)}`);
}

async function restoreFrom({ database, keys }: Storage, file: string, terminal: Terminal): Promise<void> {
  const directory = embeddedDirectory(database);
  await refuseOthersData(directory);
  const lock = await lockDirectory(join(directory, 'database'));
  try {
    const kept = await restore(fromWhere(terminal, file), directory);
    terminal.say(`The database is as it was in ${file}.${kept ? ` The one before is in ${kept}.` : ''}`);
  } finally {
    await lock.release();
  }
  const { db, close } = await openDatabase(database, { tell: terminal.complain });
  const inUse = await listSecretKeys(db);
  await close();
  terminal.say(keyWords(inUse, keys));
}

async function move({ database, keys }: Storage, url: string, { say, complain }: Terminal): Promise<void> {
  embeddedDirectory(database);
  const from = await openExisting(database, { tell: complain });
  const to = await openPostgres(url);
  try {
    const copied = await copyTables(from.db, to.db);
    for (const { table, from: here, to: there } of copied) say(`${table.padEnd(20)} ${here} here, ${there} there`);
    say(
      'Everything is there. Start the bot with DATABASE_URL set to the new address, and ENCRYPTION_KEY or ' +
        `ENCRYPTION_KEY_FILE to its key; the old database stays as it is. ${keyWords(await listSecretKeys(from.db), keys)}`,
    );
  } finally {
    await to.close();
    await from.close();
  }
}

/** Said to the operator as it stands. */
class Unusable extends OperatorError {}

function embeddedDirectory(database: Database): string {
  if (database.kind === 'embedded') return database.directory;
  throw new Unusable('DATABASE_URL is set, and this is for the embedded database. Use pg_dump and pg_restore there.');
}

if (import.meta.main) {
  // What this writes is for nobody else on the machine.
  process.umask(0o077);
  process.exitCode = await runAdmin(process.argv.slice(2), processTerminal);
}
