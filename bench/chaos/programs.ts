import { eq, sql } from 'drizzle-orm';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import { type Db, rows } from '../../src/db/engine/client.ts';
import { type Program, updateProgram, upsertWorkspace } from '../../src/db/programs/programs.ts';
import { listSchedules, updateSchedule } from '../../src/db/programs/schedules.ts';
import { defects } from '../../src/db/schema/defects.ts';
import { dueInstants } from '../../src/domain/time/cadence.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { listAreas } from '../../src/usecases/doing.ts';
import { startProgram } from '../../src/usecases/programs/start-program.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import { triageKeys } from '../../src/usecases/triage/render-triage.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const OWNED = 3;

/** A program whose rituals run every day, with defects that people type commands about. */
export type ChaosProgram = { program: Program; channelName: string; defects: number };

export async function startPrograms(
  db: Db,
  sandbox: Sandbox,
  wanted: { channelNames: readonly string[]; defects: number; at: Date },
): Promise<ChaosProgram[]> {
  const people = sandbox.people();
  const { team } = sandbox.snapshot(people[0]?.id ?? '');
  await upsertWorkspace(db, { id: team.id, name: team.name, botUserId: 'UBOT', createdAt: wanted.at });
  const started: ChaosProgram[] = [];
  for (const [i, channelName] of wanted.channelNames.entries()) {
    const channelId = sandbox.channel(channelName)?.id ?? '';
    const owner = people[i % people.length]?.id ?? '';
    const fresh = { workspaceId: team.id, channelId, name: channelName, timeZone: 'UTC', leadIds: [owner] };
    const { id } = await startProgram(db, fresh, wanted.at);
    const program = await updateProgram(db, id, { workingDays: EVERY_DAY, agendaLimit: 3 });
    for (const { ritual, cadence } of await listSchedules(db, id)) {
      const daily = { ...cadence, weekdays: EVERY_DAY, workingDays: EVERY_DAY, everyWeeks: 1 };
      if (ritual !== 'tranche_review') await updateSchedule(db, id, ritual, { cadence: daily }, wanted.at);
    }
    await reportAll(db, program, owner, wanted);
    started.push({ program, channelName, defects: wanted.defects });
  }
  return started;
}

async function reportAll(
  db: Db,
  program: Program,
  owner: string,
  { defects: count, at }: { defects: number; at: Date },
): Promise<void> {
  const [area] = await listAreas(db, program.id);
  for (let n = 1; n <= count; n += 1) {
    const { defect } = await fileReport(db, program, {
      title: `Trouble ${n} ${program.name}`,
      description: '',
      areaId: area?.id ?? 0,
      severity: 'S2',
      affected: 1,
      supportTickets: 0,
      environment: 'production',
      seenAt: at,
      link: null,
      reporterId: owner,
      source: 'slack',
      sourceKey: `chaos ${program.id} ${n}`,
      filedAt: at,
    });
    if (n > OWNED) continue;
    const criteria = [{ kind: 'max_reports' as const, limit: 0 }];
    const dueOn = new Date(at.getTime() + DAY_MS).toISOString().slice(0, 10);
    const acceptance = { ownerId: owner, dueOn, criteria, escape: 'no_test' as const };
    await acceptDefect(db, program, defect.number, acceptance, { by: owner, now: at });
  }
}

/** The keys of the daily threads and digests that were due in this time. */
export async function promisedKeys(db: Db, programs: readonly ChaosProgram[], from: Date, to: Date): Promise<string[]> {
  const keys: string[] = [];
  for (const { program } of programs)
    for (const { ritual, cadence } of await listSchedules(db, program.id)) {
      const due = dueInstants(cadence, from, to);
      if (ritual === 'triage') keys.push(...due.map((at) => triageKeys.parent(program, at)));
      if (ritual === 'digest') keys.push(...due.map((at) => `digest:${program.id}:${at.toISOString()}`));
    }
  return keys;
}

/** The support tickets of each defect of a program, by its number. */
export async function ticketsOf(db: Db, programId: number): Promise<Map<number, number>> {
  const found = await db
    .select({ number: defects.number, tickets: defects.ticketTotal })
    .from(defects)
    .where(eq(defects.programId, programId));
  return new Map(found.map(({ number, tickets }) => [number, tickets]));
}

/** What was enqueued to be seen: the keys of all posts that were not overtaken, by their state. */
export async function enqueuedPosts(db: Db): Promise<{ key: string; state: string }[]> {
  return rows(db, sql`select dedupe_key as key, state from outbox where kind = 'post' and state <> 'superseded'`);
}
