import { readFile } from 'node:fs/promises';
import { reportWeight, type WeightedReport } from '../../src/domain/defects/rank.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import type { Severity } from '../../src/domain/vocabulary.ts';
import { bootstrapDifference } from '../kit/bootstrap.ts';
import { LIVES } from './lives.ts';
import { RANK_FORMS, type RankForm } from './rank-forms.ts';
import { DAYS, dayAt, simulateProgram } from './simulated-program.ts';

const TOP = 5;
const AHEAD_DAYS = 30;
/** Before, too little is known to rank. */
const FIRST_DAY = 56;
const FIRST_INCIDENT_DAY = 120;
/** Windows that begin in the same quarter share most of what they see, so they are drawn together. */
const BLOCK_DAYS = 90;
const LIVES_RANKED = ['as it was', 'as many failures, in such episodes', 'seasons and holidays', 'all together'];

type Told = WeightedReport & { filedAt: Date };
type Window = { at: Date; group: string };
type Scene = { name: string; things: readonly (readonly Told[])[]; windows: readonly Window[] };

/**
 * How well each form ranks what will do harm in the next 30 days: NDCG of the top five, with the paired difference from the
 * first form's by a bootstrap over programs, or over quarters of the incidents.
 */
export async function printRankAhead(
  { seed, programs, incidents }: { seed: number; programs: number; incidents: string | undefined },
  print: (text: string) => void,
): Promise<void> {
  const groups = LIVES.filter(({ name }) => LIVES_RANKED.includes(name)).map((life) => ({
    name: life.name,
    scenes: Array.from({ length: programs }, (_, i) => sceneOf(String(i), seed + i, life)),
  }));
  const read = incidents ? [{ name: 'incidents', scenes: [await readIncidents(incidents)] }] : [];
  print(
    `NDCG of the top ${TOP}, ${AHEAD_DAYS} days ahead: by form, with the difference from the first and its 95 % interval\n`,
  );
  for (const { name, scenes } of [...groups, ...read]) {
    const [first, ...others] = RANK_FORMS;
    const base = gainsOf(scenes, first);
    print(`${name}, ${base.length} windows\n| form | NDCG@${TOP} | difference |\n|---|---|---|`);
    print(`| ${first.name} | ${mean(base.map(({ gain }) => gain)).toFixed(3)} | |`);
    for (const form of others) {
      const gains = gainsOf(scenes, form);
      const {
        mean: by,
        low,
        high,
      } = bootstrapDifference(
        gains.map(({ gain }, i) => gain - (base[i]?.gain ?? 0)),
        gains.map(({ group }) => group),
      );
      const signed = [by, low, high].map((one) => `${one < 0 ? '' : '+'}${one.toFixed(3)}`);
      print(
        `| ${form.name} | ${mean(gains.map(({ gain }) => gain)).toFixed(3)} | ${signed[0]} [${signed[1]}, ${signed[2]}] |`,
      );
    }
    print('');
  }
}

function gainsOf(scenes: readonly Scene[], form: RankForm): { gain: number; group: string }[] {
  return scenes.flatMap(({ things, windows }) =>
    windows.flatMap(({ at, group }) => {
      const known = things.flatMap((told, id) => {
        const reports = told.filter(({ filedAt }) => filedAt <= at).sort(bySeen);
        if (reports.length === 0) return [];
        const until = new Date(at.getTime() + AHEAD_DAYS * DAY_MS);
        const harm = told.reduce((sum, one) => sum + (one.seenAt > at && one.seenAt <= until ? one.weight : 0), 0);
        return [{ id, score: form.score(reports, at), harm }];
      });
      const best = discounted(known.map(({ harm }) => harm).sort((a, b) => b - a));
      if (known.length <= TOP || best === 0) return [];
      const ranked = known.sort((a, b) => b.score - a.score || a.id - b.id);
      return [{ gain: discounted(ranked.map(({ harm }) => harm)) / best, group }];
    }),
  );
}

function bySeen(a: Told, b: Told): number {
  return a.seenAt.getTime() - b.seenAt.getTime();
}

function sceneOf(group: string, seed: number, life: (typeof LIVES)[number]): Scene {
  const things = simulateProgram(mulberry32(seed), life).map(({ reports }) =>
    reports.map((report) => ({ seenAt: report.seenAt, filedAt: report.filedAt, weight: reportWeight(report) })),
  );
  const count = Math.floor((DAYS - AHEAD_DAYS - FIRST_DAY) / 14);
  const windows = Array.from({ length: count }, (_, i) => ({ at: dayAt(FIRST_DAY + 14 * i), group }));
  return { name: group, things, windows };
}

const SEVERITY_OF: Record<string, Severity> = { critical: 'S1', major: 'S2', minor: 'S3', none: 'S4' };

/** Incidents of a status page, one JSON object a line: each component is a defect, each incident a report of its components. */
async function readIncidents(file: string): Promise<Scene> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  const byComponent = new Map<string, Told[]>();
  for (const line of lines) {
    const { created, impact, components } = JSON.parse(line) as {
      created: string;
      impact: string;
      components: string[];
    };
    const seenAt = new Date(created);
    const weight = reportWeight({ severity: SEVERITY_OF[impact] ?? 'S3', affected: 1, supportTickets: 0 });
    for (const name of components) {
      byComponent.set(name, [...(byComponent.get(name) ?? []), { seenAt, filedAt: seenAt, weight }]);
    }
  }
  const things = [...byComponent.values()];
  const times = things.flat().map(({ seenAt }) => seenAt.getTime());
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const windows: Window[] = [];
  for (let at = from + FIRST_INCIDENT_DAY * DAY_MS; at <= to - AHEAD_DAYS * DAY_MS; at += 7 * DAY_MS) {
    windows.push({ at: new Date(at), group: String(Math.floor((at - from) / (BLOCK_DAYS * DAY_MS))) });
  }
  return { name: 'incidents', things, windows };
}

function discounted(harms: readonly number[]): number {
  return harms.slice(0, TOP).reduce((sum, harm, i) => sum + harm / Math.log2(i + 2), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
}
