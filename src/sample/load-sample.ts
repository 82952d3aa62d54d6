import { type IndexedReport, indexReports } from '../db/grouping/matching.ts';
import { hushed } from '../db/messages/hushed.ts';
import { insertAudit } from '../db/programs/audit.ts';
import { listAreas, lockProgram, type Program, updateProgram } from '../db/programs/programs.ts';
import { markSample } from '../db/programs/samples.ts';
import { countReports } from '../db/reports/reports.ts';
import { Refusal } from '../domain/errors/refusal.ts';
import { mulberry32 } from '../domain/stats/random.ts';
import { DAY_MS } from '../domain/time/durations.ts';
import { refreshRanks } from '../usecases/defects/refresh-ranks.ts';
import type { Db } from '../usecases/doing.ts';
import { evaluateProofs } from '../usecases/proof/evaluate-proofs.ts';
import { playPastTriages } from './play-past-triages.ts';
import { playFigures } from './play-sample-figures.ts';
import { playReport } from './play-sample-report.ts';
import { playStep } from './play-sample-step.ts';
import { castOf, INVENTED, type Stage } from './sample-stage.ts';
import { SAMPLE_AREAS } from './sample-tables.ts';
import { type Happening, HISTORY_DAYS, planHappenings, QUIET_MS } from './sample-timeline.ts';

const SEED = 20_201_123;

/**
 * Fills a program that has no reports yet with eight weeks of history that end at `now`, through the same use cases as
 * real work and in the order of time, so that its log reads as if it had been lived. Nothing of it is said in Slack.
 * Whoever loads it is the only real person in it, and `removeSample` takes all of it out.
 */
export async function loadSample(
  db: Db,
  program: Program,
  { by, now }: { by: string; now: Date },
): Promise<{ defects: number; reports: number }> {
  const quietUntil = new Date(now.getTime() - QUIET_MS);
  return db.transaction(async (told) => {
    // Whoever a sample names is invented, or has only loaded it.
    const tx = hushed(told, ({ channel, runAt }) => channel === program.channelId && runAt > quietUntil);
    const { createdAt: programCreatedAt, nextNumber } = await lockProgram(tx, program.id);
    const startsAt = new Date(now.getTime() - (HISTORY_DAYS + 1) * DAY_MS);
    const createdAt = programCreatedAt < startsAt ? programCreatedAt : startsAt;
    if ((await countReports(tx, program.id)) > 0) {
      throw new Refusal(`${program.name} has reports already. The sample only goes into an empty program.`);
    }
    const backdated = await updateProgram(tx, program.id, { createdAt });
    const areas = await listAreas(tx, program.id);
    const unindexed: IndexedReport[] = [];
    const stage: Stage = {
      program: backdated,
      now,
      cast: castOf([by, ...INVENTED]),
      areaIds: new Map(
        SAMPLE_AREAS.map(({ area }, i) => [
          area,
          (areas.find(({ name }) => name === area) ?? areas[i % areas.length])?.id ?? 0,
        ]),
      ),
      // One statement for all of them in the end, since each would write to the same few rows.
      index: async (_tx, reports) => void unindexed.push(...reports),
      reported: new Map(),
      beside: { triageIds: [], releaseIds: [], sourceIds: [], areaIds: [], occurrences: [] },
    };
    const random = mulberry32(SEED);
    const happenings = planHappenings(SAMPLE_AREAS, backdated, now, random);
    const reports = await playAll(tx, stage, happenings, { now, random });
    await playPastTriages(tx, stage, happenings);
    await playFigures(tx, stage, by);
    await indexReports(tx, unindexed);
    await refreshRanks(tx, now, { programId: program.id });
    await markSample(tx, {
      programId: program.id,
      loadedBy: by,
      loadedAt: now,
      programCreatedAt,
      nextNumber,
      rows: stage.beside,
    });
    const defects = stage.reported.size;
    await insertAudit(tx, program.id, { by, now }, [
      { kind: 'sample_loaded', subject: null, before: null, after: defects },
    ]);
    return { defects, reports };
  });
}

async function playAll(
  tx: Db,
  stage: Stage,
  happenings: readonly Happening[],
  { now, random }: { now: Date; random: () => number },
): Promise<number> {
  const last = new Date(now.getTime() - QUIET_MS);
  let judgedAt = happenings[0]?.at ?? last;
  let reports = 0;
  for (const happening of happenings) {
    judgedAt = await judgeDaily(tx, stage, judgedAt, happening.at);
    if (happening.kind === 'step') await playStep(tx, stage, happening);
    else {
      await playReport(tx, stage, happening, random);
      reports += 1;
    }
  }
  await judgeDaily(tx, stage, judgedAt, last);
  return reports;
}

/** Judges the fixes once a day of history, as the daily ritual does; answers when it last did. */
async function judgeDaily(tx: Db, { program }: Stage, from: Date, upTo: Date): Promise<Date> {
  let at = from;
  while (at.getTime() + DAY_MS <= upTo.getTime()) {
    at = new Date(at.getTime() + DAY_MS);
    await evaluateProofs(tx, program, { now: at });
  }
  return at;
}
