import { setTimeout as wait } from 'node:timers/promises';
import { asc, eq, sql } from 'drizzle-orm';
import type { SandboxClock } from '../../sandbox/clock/clock.ts';
import { type Db, rows } from '../../src/db/engine/client.ts';
import { type KeyRing, keyRing } from '../../src/db/engine/sealed.ts';
import { insertProgram, listPrograms, type Program } from '../../src/db/programs/programs.ts';
import { defects, reports } from '../../src/db/schema/defects.ts';
import { releases, signalDeliveries, signalOccurrences } from '../../src/db/schema/signals.ts';
import { areas } from '../../src/db/schema/workspaces.ts';
import { listLeftOut } from '../../src/db/signals/left-out.ts';
import { sealSecret } from '../../src/db/signals/signal-secrets.ts';
import { hashOf, insertSignalSource, type SignalSource } from '../../src/db/signals/signal-sources.ts';
import { ARRIVES_AT, type Golden, type GoldenDefect, type GoldenLeftOut, USUAL_AREA } from './golden.ts';
import { signatureOf } from './sign-delivery.ts';

export const benchKeys: KeyRing = keyRing([Buffer.alloc(32, 7)]);
export const GOLDEN_SECRET = 'the-secret-of-every-golden-source';
/** Areas of each program, with what senders call them. */
const AREAS: Record<string, string[]> = { billing: ['team=payments'], deployment: ['CI'], connectivity: [] };

/** What is there after all deliveries of a situation; the description of a card stands among its lines. */
export type Played = {
  becomes: GoldenDefect[];
  leftOut: GoldenLeftOut[];
  releases: string[];
  /** Answers other than 200. */
  refused: number[];
};

/** A running bot, by its database and its address, with the clock that it goes by. */
export type GoldenStage = { db: Db; address: string; clock: Pick<SandboxClock, 'now' | 'step'> };

/** Sends the deliveries of a situation to the bot, to a source of a program of its own, and reads what they became. */
export async function playGolden({ db, address, clock }: GoldenStage, golden: Golden): Promise<Played> {
  const { program, source, url } = await addGoldenSource({ db, address }, golden);
  const refused: number[] = [];
  for (const { body, headers = {}, afterMinutes = 0 } of golden.sends) {
    if (afterMinutes > 0) await workedOn(db, source.id);
    await clock.step(afterMinutes * 60_000);
    const raw = JSON.stringify(body);
    const signed = signatureOf(golden.kind, raw, GOLDEN_SECRET, new Date(clock.now()));
    const status = await post(url, raw, { ...signed, ...headers });
    if (status !== 200) refused.push(status);
  }
  await workedOn(db, source.id);
  const since = new Date(ARRIVES_AT.getTime() - 1);
  return {
    becomes: await defectsOf(db, program, source),
    leftOut: (await listLeftOut(db, source.id, since, 100)).map(({ event, why, count }) => ({ event, why, count })),
    releases: (await db.select().from(releases).where(eq(releases.programId, program.id))).map(
      ({ version }) => version,
    ),
    refused,
  };
}

/** A source of a program of its own, with its address. */
export async function addGoldenSource(
  { db, address }: Pick<GoldenStage, 'db' | 'address'>,
  golden: Pick<Golden, 'kind' | 'rules' | 'mapping'>,
): Promise<{ program: Program; source: SignalSource; url: string }> {
  const program = await addProgram(db);
  const { source, token } = await addSource(db, program, golden);
  return { program, source, url: `${address}/signals/${golden.kind}/${token}` };
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
  const response = await fetch(url, sent);
  await response.arrayBuffer();
  return response.status;
}

async function addProgram(db: Db): Promise<Program> {
  const all = await listPrograms(db);
  const { id, ...like } = all[0] ?? {};
  if (id === undefined) throw new Error('The bot has started no program.');
  const channelId = `CGOLDEN${all.length}`;
  const program = await insertProgram(db, { ...(like as Program), channelId, isDefault: false, nextNumber: 1 });
  await db
    .insert(areas)
    .values(
      Object.entries(AREAS).map(([name, labels], position) => ({ programId: program.id, name, position, labels })),
    );
  return program;
}

async function addSource(
  db: Db,
  program: Program,
  { kind, rules, mapping }: Pick<Golden, 'kind' | 'rules' | 'mapping'>,
): Promise<{ source: SignalSource; token: string }> {
  const token = `token-of-a-golden-source-${program.id}`;
  const owner = { workspaceId: program.workspaceId, tokenHash: hashOf(token) };
  const ofProgram = await db.select().from(areas).where(eq(areas.programId, program.id));
  const source = await insertSignalSource(db, {
    programId: program.id,
    kind,
    name: 'Sender',
    areaId: ofProgram.find(({ name }) => name === USUAL_AREA)?.id ?? 0,
    severity: 'S3',
    mapping: mapping ?? null,
    rules: rules ?? null,
    token,
    secrets: [sealSecret(benchKeys, GOLDEN_SECRET, owner)],
    createdBy: 'U1',
    createdAt: ARRIVES_AT,
  });
  return { source, token };
}

/** Resolves when nothing of a source waits any more. */
export async function workedOn(db: Db, sourceId: number): Promise<void> {
  for (let looks = 0; looks < 3_000; looks += 1) {
    const found = await db
      .select({ state: signalDeliveries.state })
      .from(signalDeliveries)
      .where(eq(signalDeliveries.sourceId, sourceId));
    if (found.every(({ state }) => state !== 'waiting')) return;
    await wait(10);
  }
  throw new Error('The deliveries of a situation were never worked on.');
}

async function defectsOf(db: Db, program: Program, source: SignalSource): Promise<GoldenDefect[]> {
  const found = await db
    .select({ defect: defects, area: areas.name })
    .from(defects)
    .innerJoin(areas, eq(areas.id, defects.areaId))
    .where(eq(defects.programId, program.id))
    .orderBy(asc(defects.number));
  return Promise.all(
    found.map(async ({ defect, area }) => {
      const told = await db.select().from(reports).where(eq(reports.defectId, defect.id)).orderBy(asc(reports.id));
      const counted = await countOccurrences(db, source.id, defect.id);
      return {
        title: defect.title,
        severity: defect.severity,
        area,
        occurrences: told.reduce((sum, { occurrences }) => sum + occurrences, 0),
        over: counted.over,
        environment: told[0]?.environment ?? null,
        accounts: counted.accounts,
        vendor: told.find(({ vendor }) => vendor !== null)?.vendor ?? null,
        card: [
          ...new Set(
            told.flatMap(({ facts, description }) => [
              ...facts.map(({ label, value }) => `${label}: ${value}`),
              ...description.split('\n'),
            ]),
          ),
        ],
      };
    }),
  );
}

async function countOccurrences(
  db: Db,
  sourceId: number,
  defectId: number,
): Promise<{ over: number; accounts: string[] }> {
  const [row] = await rows<{ over: number; accounts: string[] | null }>(
    db,
    sql`select count(*) filter (where ${signalOccurrences.resolvedAt} is not null)::int as over,
        array_agg(distinct ${signalOccurrences.account} order by ${signalOccurrences.account})
          filter (where ${signalOccurrences.account} is not null) as accounts
      from ${signalOccurrences} join ${reports} on ${reports.id} = ${signalOccurrences.reportId}
      where ${signalOccurrences.sourceId} = ${sourceId} and ${reports.defectId} = ${defectId}`,
  );
  return { over: row?.over ?? 0, accounts: row?.accounts ?? [] };
}
