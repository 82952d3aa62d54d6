import { readFile } from 'node:fs/promises';
import { Presets, SingleBar } from 'cli-progress';
import { systemClock } from './clock.ts';
import { parseStorage } from './config.ts';
import { OperatorError } from './domain/errors/operator-error.ts';
import { Refusal } from './domain/errors/refusal.ts';
import { builtInMappings } from './domain/import/built-in-mappings.ts';
import { chooseTypes } from './domain/import/issue-types.ts';
import type { Mapping } from './domain/import/mapping.ts';
import { parseMapping } from './domain/import/parse-mapping.ts';
import { type Happening, planHistory } from './domain/import/plan-history.ts';
import { IMPORT_USAGE, type ImportArgs, parseImportArgs } from './import/import-args.ts';
import { programToImportTo, startImportRun } from './import/import-program.ts';
import { ImportStopped, importReports } from './import/import-reports.ts';
import { areaWords, assigneeWords, summaryWords, typeWords } from './import/import-words.ts';
import { previewWords } from './import/preview-words.ts';
import { readPeople } from './import/read-people.ts';
import { readReports, UnreadableFile, unreadable } from './import/read-reports.ts';
import { rejectRows } from './import/reject-rows.ts';
import { openDatabase } from './process/open-database.ts';
import { refuseOthersData } from './process/open-existing.ts';
import { fromWhere, processTerminal, type Terminal } from './process/terminal.ts';

const OK = 0;
const FAILED = 1;
const USAGE = 2;

/** Does what a person typed, and answers the exit code. */
export async function runImport(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseImportArgs(args);
  if ('help' in parsed) {
    terminal.say(IMPORT_USAGE);
    return OK;
  }
  if ('bad' in parsed) {
    terminal.complain(`${parsed.bad.join('\n')}\n\n${IMPORT_USAGE}`);
    return USAGE;
  }
  try {
    return await importFile(parsed.ok, terminal);
  } catch (error) {
    if (error instanceof ImportStopped)
      terminal.complain(`${error.message} Mend what is below and run it again: it goes on where it was.`);
    const cause = error instanceof ImportStopped ? error.cause : error;
    const isForThePerson = [OperatorError, Refusal, UnreadableFile].some((kind) => cause instanceof kind);
    terminal.complain(isForThePerson ? (cause as Error).message : String((cause as Error).stack ?? cause));
    return FAILED;
  }
}

/** Reads, checks and imports one file; answers the exit code. */
async function importFile(args: ImportArgs, terminal: Terminal): Promise<number> {
  const { say } = terminal;
  const at = (path: string) => fromWhere(terminal, path);
  const now = systemClock.now();
  const mapping = await mappingOf(args, at);
  const { dateFormat, timeZone, assumed } = args;
  const file = await readReports(at(args.file), {
    now,
    ...(mapping ? { mapping } : {}),
    ...(dateFormat ? { dateFormat } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(assumed ? { assumed } : {}),
  });
  const people = args.peopleFile ? await readPeople(at(args.peopleFile)) : new Map<string, string>();
  const chosen = chooseTypes(file.reports, args.types);
  const { happenings, notes: planned } = planHistory(chosen.reports);
  const notes = [
    ...typeWords(chosen.leftOut),
    ...(file.needsZone && !timeZone
      ? ['Dates that name no zone were read as UTC; --time-zone names another one.']
      : []),
    ...planned,
    ...assigneeWords(chosen.reports, people),
  ];
  const reports = chosen.reports.length;
  say(`${args.file}: ${reports} reports to import${file.mapping ? `, columns as in ${file.mapping.name}` : ''}.`);
  await rejectRows(file.bad, at(args.rejectedFile ?? `${args.file}.rejected.txt`), say);
  const facts = { bad: file.bad.length, adjusted: file.notes };
  if (reports === 0) {
    say([...notes, 'Nothing was imported.'].join('\n'));
    return file.bad.length > 0 ? FAILED : OK;
  }
  if (args.isDryRun) {
    say([...previewWords(chosen.reports), ...notes, 'This was a dry run: nothing was written.'].join('\n'));
    return OK;
  }
  const imported = await importInto(args, happenings, people, now, terminal);
  say(summaryWords(imported.tally, { ...facts, notes: [...notes, ...imported.notes] }));
  return OK;
}

async function mappingOf(args: ImportArgs, at: (path: string) => string): Promise<Mapping | undefined> {
  if (args.source) return builtInMappings[args.source];
  if (!args.mappingFile) return undefined;
  const path = at(args.mappingFile);
  const json = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error) ?? error;
  });
  const parsed = parseMapping(json);
  if ('ok' in parsed) return parsed.ok;
  throw new UnreadableFile(
    `The mapping in ${path} cannot be used:\n${parsed.bad.map((one) => `  - ${one}`).join('\n')}`,
  );
}

async function importInto(
  args: ImportArgs,
  happenings: readonly Happening[],
  people: ReadonlyMap<string, string>,
  now: Date,
  { env, say, complain }: Terminal,
) {
  // An import needs the database and nothing of Slack.
  const { DATABASE_URL, DATA_DIR } = env;
  const { database } = parseStorage({ DATABASE_URL, DATA_DIR });
  if (database.kind === 'embedded') await refuseOthersData(database.directory);
  const { db, close } = await openDatabase(database, { tell: complain });
  const bar = new SingleBar(
    { format: '{bar} {percentage}% of {total} steps, {duration_formatted}' },
    Presets.shades_classic,
  );
  try {
    const { program, isNew } = await programToImportTo(db, args, now);
    const run = await startImportRun(db, program, { ...args, people });
    if (isNew) {
      say(
        `There was no program, so ${program.name} was begun. It is the one that starts when the bot is first invited to a channel.`,
      );
    }
    bar.start(happenings.length, 0);
    const tally = await importReports(db, run, happenings, {
      batch: args.batch,
      now,
      onProgress: (done) => bar.update(done),
    }).finally(() => bar.stop());
    return { tally, notes: areaWords(run.unknownAreas, args.defaultArea ?? 'its first area') };
  } finally {
    await close();
  }
}

if (import.meta.main) {
  // What this writes is for nobody else on the machine.
  process.umask(0o077);
  process.exitCode = await runImport(process.argv.slice(2), processTerminal);
}
