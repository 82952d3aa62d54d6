import { sql } from 'drizzle-orm';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import { findDefectByNumber, updateDefect } from '../../src/db/defects/defects.ts';
import { applyTransition, logChange } from '../../src/db/defects/events.ts';
import { type Db, rows } from '../../src/db/engine/client.ts';
import type { KeyRing } from '../../src/db/engine/sealed.ts';
import { insertAreas, insertProgram, type Program } from '../../src/db/programs/programs.ts';
import { insertSchedule } from '../../src/db/programs/schedules.ts';
import { listReports } from '../../src/db/reports/reports.ts';
import { keepAccount, keepUnknownPerson } from '../../src/db/trackers/tracker-people.ts';
import { planTransition } from '../../src/domain/defects/lifecycle.ts';
import { defaultCadences } from '../../src/domain/programs/program-defaults.ts';
import { HOUR_MS } from '../../src/domain/time/durations.ts';
import { RITUALS, THE_BOT } from '../../src/domain/vocabulary.ts';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { dismissDefect } from '../../src/usecases/defects/set-aside-defect.ts';
import { saveRule } from '../../src/usecases/grouping/change-rules.ts';
import { mergeDefects } from '../../src/usecases/grouping/merge-defects.ts';
import { claimFix } from '../../src/usecases/proof/claim-fix.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import { addSignalSource } from '../../src/usecases/signals/change-signal-source.ts';
import { connectTracker } from '../../src/usecases/trackers/connect/change-tracker.ts';
import { decideSeveral } from '../../src/usecases/triage/decisions/decide-several.ts';
import { openTriage } from '../../src/usecases/triage/open-triage.ts';
import {
  type Domain,
  homeOf,
  KINDS,
  type Kind,
  leadOf,
  PEOPLE,
  PROGRAMS,
  type ProgramName,
  workspaceOf,
} from './who-may.ts';

export const NOW = new Date('2026-11-23T09:00:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

/** A defect of each state that some request needs, by its number. */
export type Numbers = Record<
  | 'fresh'
  | 'accepted'
  | 'late'
  | 'together'
  | 'claimed'
  | 'reduced'
  | 'asked'
  | 'merged'
  | 'dismissed'
  | 'ruled'
  | 'other',
  number
> & { own: Record<Kind, number> };

/** All ids of one program that a request can name. */
export type Place = {
  name: ProgramName;
  programId: number;
  channelId: string;
  bareChannelId: string;
  areaId: number;
  spareAreaId: number;
  reportId: number;
  sourceId: number;
  trackerId: number;
  /** An account there that nobody knows, and those who were asked for their own. */
  accountId: number;
  askedIds: Record<Kind, number>;
  ruleId: number;
  triageId: number;
  /** Decided in one go with others. */
  batchId: number;
  numbers: Numbers;
  deciderId: string;
  leadId: string;
  /** A message in its channel, and a window that its lead has open. */
  messageTs: string;
  viewId: string;
};

export type World = {
  places: Record<ProgramName, Place>;
  idOf: (kind: Kind) => string;
  nameOf: Map<number, ProgramName>;
  /** Of a workspace, by its id. */
  domainOf: (workspaceId: string) => Domain;
};

/** Words that stand in every title of a program, and in the names of its areas. */
export const titleWord = (name: ProgramName) => `canary${name}`;
export const areaWord = (name: ProgramName) => `zone${name}`;

const webUrlOf = (name: ProgramName) => `https://github.com/acme/${titleWord(name)}`;
export const ticketOf = ({ name }: Pick<Place, 'name'>) => `${webUrlOf(name)}/issues/1`;

export async function fillWorld(db: Db, sandbox: Sandbox, keys: KeyRing): Promise<World> {
  const idOf = (kind: Kind) => sandbox.workspace(homeOf(kind)).user(PEOPLE[kind])?.id ?? '';
  const nameOf = new Map<number, ProgramName>();
  const entries: [ProgramName, Awaited<ReturnType<typeof fillProgram>>][] = [];
  for (const [index, name] of PROGRAMS.entries()) {
    const workspace = sandbox.workspace(workspaceOf(name));
    const program = await newProgram(db, workspace, { name, idOf, firstNumber: (index + 1) * 100 });
    const bare = await newProgram(db, workspace, { name, idOf, firstNumber: 1, suffix: '-bare' });
    for (const { id } of [program, bare]) nameOf.set(id, name);
    entries.push([name, await fillProgram(db, program, bare.channelId, { name, idOf, keys })]);
  }
  await db.execute(sql`update schedules set enabled = false`);
  // Nobody asks them and nothing is sent there, so that only requests change what is stored.
  await db.execute(sql`update trackers set poll_at = '2999-01-01', held_until = '2999-01-01'`);
  // Nothing is sent, so that what a request has enqueued stays as it was written.
  await db.execute(sql`update outbox set run_at = '2999-01-01'`);
  await db.execute(sql`create function rest() returns trigger language plpgsql as
    $$ begin new.run_at := '2999-01-01'; return new; end $$`);
  await db.execute(sql`create trigger rest before insert on outbox for each row execute function rest()`);
  const places: Partial<Record<ProgramName, Place>> = {};
  const said = new Map<ProgramName, string>();
  for (const name of PROGRAMS) {
    const lead = sandbox.workspace(workspaceOf(name)).person(PEOPLE[leadOf(name)]);
    said.set(name, (await lead.say(name, 'It broke again')).ts);
  }
  for (const [name, filled] of entries)
    places[name] = { ...filled, messageTs: said.get(name) ?? '', viewId: await openWindow(sandbox, name) };
  sandbox.deactivate(PEOPLE.deactivated);
  const domainOf = (workspaceId: string) => sandbox.workspace(workspaceId).team.domain as Domain;
  return { places: places as Record<ProgramName, Place>, idOf, nameOf, domainOf };
}

/** The window that the lead of a program has open; it is one for all that they lead. */
async function openWindow(sandbox: Sandbox, name: ProgramName): Promise<string> {
  const lead = sandbox.workspace(workspaceOf(name)).person(PEOPLE[leadOf(name)]);
  const open = lead.currentModal();
  if (open) return open.id;
  await lead.slash('/defect', { channel: name });
  return (await lead.modal('Report a defect')).id;
}

type AreaIds = Pick<Place, 'areaId' | 'spareAreaId'>;
type Naming = { name: ProgramName; idOf: (kind: Kind) => string };

async function newProgram(
  db: Db,
  sandbox: Sandbox,
  { name, idOf, firstNumber, suffix = '' }: Naming & { firstNumber: number; suffix?: string },
): Promise<Program & AreaIds> {
  const few = name === 'shared' || name === 'secret';
  const program = await insertProgram(db, {
    workspaceId: sandbox.team.id,
    name: `#${titleWord(name)}${suffix}`,
    nameFollowsChannel: false,
    channelId: sandbox.channel(`${name}${suffix}`)?.id ?? '',
    timeZone: 'Europe/Berlin',
    workingDays: [1, 2, 3, 4, 5],
    holidays: [],
    leadIds: [idOf(leadOf(name))],
    deciderIds: few ? [idOf('decider')] : null,
    strangersMayReport: name === 'shared',
    facilitatorIds: [],
    halfLifeDays: 28,
    agendaLimit: 10,
    trancheWeeks: 4,
    isDefault: name === 'secret' && suffix === '',
    nextNumber: firstNumber,
    exitAskedAt: NOW,
    exitAskedIn: [idOf(leadOf(name))],
    createdAt: ago(2_000),
  });
  const cadences = defaultCadences(program, '2026-11-23');
  for (const ritual of RITUALS)
    await insertSchedule(db, { programId: program.id, ritual, cadence: cadences[ritual], createdAt: NOW });
  const [area, spare] = await insertAreas(db, program.id, [
    `${areaWord(name)} billing`,
    `${areaWord(name)} deployment`,
  ]);
  return { ...program, areaId: area?.id ?? 0, spareAreaId: spare?.id ?? 0 };
}

async function fillProgram(
  db: Db,
  program: Program & AreaIds,
  bareChannelId: string,
  { name, idOf, keys }: Naming & { keys: KeyRing },
): Promise<Omit<Place, 'messageTs' | 'viewId'>> {
  const { areaId, spareAreaId } = program;
  const deciderId = leadOf(name) === 'lead' ? idOf('decider') : idOf(leadOf(name));
  const doing = { by: program.leadIds[0] ?? '', now: ago(3) };
  const file = async (title: string, reporterIds: readonly string[]) => {
    let defectId: number | undefined;
    let number = 0;
    for (const [i, reporterId] of reporterIds.entries()) {
      const seenAt = ago(60 - i);
      const { defect } = await fileReport(
        db,
        program,
        {
          ...{ title: `${titleWord(name)} ${title}`, description: '', areaId, severity: 'S2', affected: 2 },
          ...{ supportTickets: 0, environment: null, link: null, source: 'slack', reporterId, seenAt, filedAt: seenAt },
          sourceKey: `${name} ${title} ${i}`,
        },
        defectId,
      );
      defectId = defect.id;
      number = defect.number;
    }
    return number;
  };
  const [ana, ben] = ['UANA00000', 'UBEN00000'];
  const everybody = [...KINDS.map(idOf), ana];
  const numbers = {
    fresh: await file('webhook times out', [ana, ben, 'UCEM00000']),
    accepted: await file('invoice is blank', [ana, ben]),
    late: await file('backup fails', [ana]),
    together: await file('cache is cold', [ana, ben, 'UCEM00000']),
    claimed: await file('sync is stuck', everybody),
    reduced: await file('upload is slow', [ana]),
    asked: await file('login loops', everybody),
    merged: await file('hook is late', [ana, ben]),
    dismissed: await file('page is slow', [ana]),
    ruled: await file('queue rulematch', [ana]),
    other: await file('worker rulematch', [ben]),
    own: {} as Record<Kind, number>,
  };
  for (const kind of KINDS) numbers.own[kind] = await file(`crash of ${PEOPLE[kind]}`, [idOf(kind)]);
  const confirmers = everybody.map((userId) => ({ kind: 'second_person' as const, userId }));
  const criteria = [{ kind: 'max_reports' as const, limit: 0 }, ...confirmers];
  const promise = { ownerId: deciderId, dueOn: '2026-12-04', escape: 'unknown' as const, criteria };
  for (const number of [numbers.accepted, numbers.late, numbers.claimed, numbers.reduced])
    await acceptDefect(db, program, number, promise, doing);
  const fix = { keepingNote: 'A test', fixKind: 'code' as const, deployedAt: ago(4), environments: [] };
  await claimFix(db, program, numbers.claimed, fix, doing);
  const less = await claimFix(db, program, numbers.reduced, fix, doing);
  await applyTransition(db, less, planTransition(less, 'reduced'), { actor: THE_BOT, at: ago(3), why: 'Seen less.' });
  const late = await findDefectByNumber(db, program.id, numbers.late);
  await updateDefect(db, late?.id ?? 0, { dueOn: '2026-11-20' });
  const asked = await findDefectByNumber(db, program.id, numbers.asked);
  if (!asked) throw new Error('A defect was not filed.');
  await logChange(db, asked, 'info_asked', {
    actor: { kind: 'person', userId: doing.by },
    at: doing.now,
    why: 'Which browser?',
    data: { askedIds: everybody, round: 1 },
  });
  await updateDefect(db, asked.id, { askedAt: doing.now, askedUserId: ana });
  await mergeDefects(db, program, numbers.merged, numbers.fresh, doing);
  await dismissDefect(db, program, numbers.dismissed, 'Not ours', doing);
  const terms = { words: `${titleWord(name)} queue`, areaId: null, movesPast: false };
  await saveRule(db, program, numbers.ruled, terms, doing);
  const { rule } = await saveRule(
    db,
    program,
    numbers.ruled,
    { words: `${titleWord(name)} worker`, areaId: null, movesPast: true },
    doing,
  );
  const { triage } = await db.transaction((tx) =>
    openTriage(tx, program, { dueAt: ago(2), late: false, now: ago(2) }, doing.by),
  );
  const chosen = [{ number: numbers.together, choice: { kind: 'defer' as const } }];
  await decideSeveral(db, program, triage.id, { chosen, reason: 'It can wait' }, doing);
  const [batch] = await rows<{ id: string }>(db, sql`select id from decision_batches where program_id = ${program.id}`);
  const wanted = { kind: 'alertmanager', severity: 'S2', mapping: '', secret: 'sixteen-characters' };
  const source = await addSignalSource(
    db,
    program,
    { ...wanted, name: `${titleWord(name)} alerts`, areaId },
    { token: `token-${name}`, keys },
    doing,
  );
  const tracker = await connectTracker(
    db,
    program,
    { kind: 'github', place: `acme/${titleWord(name)}`, webUrl: webUrlOf(name), account: 'burndown-bot' },
    { keys, token: 'ghp_sixteen_characters', secret: 'sixteen-characters', address: `tracker-of-${name}` },
    doing,
  );
  const home = { programId: program.id, kind: 'github', home: 'https://github.com' } as const;
  const unknown = { account: `${titleWord(name)}-ben`, name: `${titleWord(name)}-ben`, userId: null, knownBy: null };
  const { id: accountId } = await keepAccount(db, home, unknown, doing.now);
  const askedIds = {} as Record<Kind, number>;
  for (const kind of KINDS) askedIds[kind] = (await keepUnknownPerson(db, home, idOf(kind), doing.now))?.id ?? 0;
  await db.execute(sql`insert into samples (program_id, loaded_by, loaded_at, program_created_at, next_number, rows)
    select id, ${doing.by}, created_at, created_at, next_number,
      '{"triageIds": [], "releaseIds": [], "sourceIds": [], "areaIds": [], "occurrences": []}'
    from programs where id = ${program.id}`);
  const fresh = await findDefectByNumber(db, program.id, numbers.fresh);
  const [report] = await listReports(db, fresh?.id ?? 0);
  return {
    name,
    programId: program.id,
    channelId: program.channelId,
    bareChannelId,
    areaId,
    spareAreaId,
    reportId: report?.id ?? 0,
    sourceId: source.id,
    trackerId: tracker.id,
    ...{ accountId, askedIds },
    ruleId: rule.id,
    triageId: triage.id,
    batchId: Number(batch?.id),
    numbers,
    deciderId,
    leadId: doing.by,
  };
}
