import { parseArgs } from 'node:util';
import { builtInMappings } from '../domain/import/built-in-mappings.ts';
import { type DateFormat, parseDateFormat } from '../domain/import/date-format.ts';
import { readDate } from '../domain/import/read-date.ts';
import { quoted } from '../domain/import/read-text.ts';
import { isTimeZone } from '../domain/time/cadence.ts';

export type Source = keyof typeof builtInMappings;

export type ImportArgs = {
  file: string;
  mappingFile?: string;
  source?: Source;
  programName?: string;
  workspaceId?: string;
  defaultArea?: string;
  rejectedFile?: string;
  dateFormat?: DateFormat;
  timeZone?: string;
  assumed?: Date | 'changed';
  /** Kinds of work in lower case. */
  types?: string[];
  peopleFile?: string;
  isDryRun: boolean;
  batch: number;
};

const SOURCES = Object.keys(builtInMappings) as Source[];
const DEFAULT_BATCH = 500;
// A statement takes 65,535 values, and a new defect has about sixteen.
const MOST_IN_BATCH = 2_000;

export const IMPORT_USAGE = `npm run import -- FILE [options]
  FILE                 an export of a tracker: CSV, JSON Lines or JSON
  --source NAME        its columns are those of ${SOURCES.join(', ')}; told from the file unless given
  --mapping FILE.json  its columns are those that this file names
  --program NAME       where to import to, if there are several programs
  --workspace ID       the workspace of the program, if there are several
  --area-default NAME  for rows of an area that the program does not have; its first area unless given
  --date-format FORM   how its dates are written, such as dd.MM.yyyy HH:mm or M/d/yy h:mm a; told from the file unless given
  --time-zone ZONE     the zone of dates that name none, such as Europe/Vienna; UTC unless given
  --assume-date DATE   when rows without a date of opening were opened: 2024-03-31, or changed
  --types NAMES        which kinds of work to take, such as Bug,Incident, or all; all but stories, epics, tasks and their
                       like unless given
  --people FILE        Slack's list of members (CSV with email and userid), to find who works on what
  --rejected FILE      where to write every bad row; FILE.rejected.txt unless given
  --dry-run            checks the file, shows ten rows as they would become, and writes nothing
  --batch N            steps in one transaction, 1 to ${MOST_IN_BATCH}; ${DEFAULT_BATCH} unless given
`;

/** Reads the command line whole; `bad` has one sentence for each thing that is wrong with it. */
export function parseImportArgs(argv: readonly string[]): { ok: ImportArgs } | { bad: string[] } | { help: true } {
  let parsed: ReturnType<typeof read>;
  try {
    parsed = read(argv);
  } catch (error) {
    return { bad: [(error as Error).message.split('. ')[0] ?? 'This cannot be read.'] };
  }
  const { values, positionals } = parsed;
  if (values.help) return { help: true };
  const bad: string[] = [];
  const file = positionals[0] ?? '';
  if (!file || positionals.length > 1) bad.push('Name one file to import.');
  const source = SOURCES.find((one) => one === values.source?.trim().toLowerCase());
  if (values.source !== undefined && !source) bad.push(`--source must be one of ${SOURCES.join(', ')}.`);
  if (values.source !== undefined && values.mapping !== undefined) bad.push('Give --source or --mapping, not both.');
  const batch = /^\d{1,6}$/.test(values.batch) ? Number(values.batch) : 0;
  if (batch < 1 || batch > MOST_IN_BATCH) bad.push(`--batch must be a whole number from 1 to ${MOST_IN_BATCH}.`);
  for (const name of ['program', 'workspace', 'area-default', 'mapping', 'rejected', 'types', 'people'] as const) {
    if (values[name]?.trim() === '' || values[name]?.includes('\0')) bad.push(`--${name} is empty.`);
  }
  const dateFormat = values['date-format'] === undefined ? undefined : parseDateFormat(values['date-format']);
  if (dateFormat && 'bad' in dateFormat) bad.push(dateFormat.bad);
  const timeZone = values['time-zone']?.trim();
  if (timeZone !== undefined && !isTimeZone(timeZone))
    bad.push(`--time-zone ${quoted(timeZone)} is no time zone. Write one such as Europe/Vienna or UTC.`);
  const given = values['assume-date']?.trim();
  const assumed = given === 'changed' ? given : given && readDate(given, { timeZone: 'UTC' });
  if (given !== undefined && !assumed) bad.push('--assume-date must be a date such as 2024-03-31, or changed.');
  if (bad.length > 0) return { bad };
  return {
    ok: {
      file,
      isDryRun: values['dry-run'] ?? false,
      batch,
      ...(values.mapping === undefined ? {} : { mappingFile: values.mapping }),
      ...(source === undefined ? {} : { source }),
      ...(values.program === undefined ? {} : { programName: values.program }),
      ...(values.workspace === undefined ? {} : { workspaceId: values.workspace }),
      ...(values['area-default'] === undefined ? {} : { defaultArea: values['area-default'] }),
      ...(values.rejected === undefined ? {} : { rejectedFile: values.rejected }),
      ...(dateFormat && 'ok' in dateFormat ? { dateFormat: dateFormat.ok } : {}),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(assumed ? { assumed } : {}),
      ...(values.types === undefined ? {} : { types: namesIn(values.types) }),
      ...(values.people === undefined ? {} : { peopleFile: values.people }),
    },
  };
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

function read(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      source: { type: 'string' },
      mapping: { type: 'string' },
      program: { type: 'string' },
      workspace: { type: 'string' },
      'area-default': { type: 'string' },
      rejected: { type: 'string' },
      'date-format': { type: 'string' },
      'time-zone': { type: 'string' },
      'assume-date': { type: 'string' },
      types: { type: 'string' },
      people: { type: 'string' },
      'dry-run': { type: 'boolean' },
      batch: { type: 'string', default: String(DEFAULT_BATCH) },
      help: { type: 'boolean' },
    },
  });
}
