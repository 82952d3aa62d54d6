import type { LeftOutFacts } from '../../blocks/signals/left-out-words.ts';
import type { SourceFacts } from '../../blocks/signals/signal-modals.ts';
import type { Db } from '../../db/engine/client.ts';
import { listAreas, type Program } from '../../db/programs/programs.ts';
import { listLeftOut } from '../../db/signals/left-out.ts';
import { summarizeDeliveries } from '../../db/signals/signal-deliveries.ts';
import { activeSecrets } from '../../db/signals/signal-secrets.ts';
import { findSignalSource, listSignalSources, type SignalSource } from '../../db/signals/signal-sources.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { rulesOf } from '../../domain/signals/source-rules.ts';
import { WEEK_MS } from '../../domain/time/durations.ts';

const LATEST = 5;
const LEFT_OUT_SHOWN = 10;
const LEFT_OUT_LISTED = 100;

/** Every source of a program with what came of it, for those who may change settings. */
export async function readSignalSources(db: Db, program: Program, now: Date): Promise<SourceFacts[]> {
  const facts: SourceFacts[] = [];
  for (const source of await listSignalSources(db, program.id)) facts.push(await describe(db, program, source, now));
  return facts;
}

export async function readSignalSource(db: Db, program: Program, id: number, now: Date): Promise<SourceFacts> {
  const source = await findSignalSource(db, program.id, id);
  if (!source) throw new Refusal('This source has been removed.');
  return describe(db, program, source, now);
}

/** Everything that a source sent in the last week and that became nothing, as far as a window holds. */
export async function readLeftOut(
  db: Db,
  program: Program,
  id: number,
  now: Date,
): Promise<{ name: string; all: LeftOutFacts[]; hasMore: boolean }> {
  const source = await findSignalSource(db, program.id, id);
  if (!source) throw new Refusal('This source has been removed.');
  const all = await listLeftOut(db, source.id, new Date(now.getTime() - WEEK_MS), LEFT_OUT_LISTED + 1);
  return { name: source.name, all: all.slice(0, LEFT_OUT_LISTED), hasMore: all.length > LEFT_OUT_LISTED };
}

async function describe(db: Db, program: Program, source: SignalSource, now: Date): Promise<SourceFacts> {
  const area = (await listAreas(db, program.id)).find(({ id }) => id === source.areaId);
  const { latest, counts } = await summarizeDeliveries(db, source.id, LATEST);
  const since = new Date(now.getTime() - WEEK_MS);
  const leftOut = await listLeftOut(db, source.id, since, LEFT_OUT_SHOWN + 1);
  const count = (isMeant: (row: (typeof counts)[number]) => boolean) =>
    counts.filter(isMeant).reduce((sum, row) => sum + Number(row.deliveries), 0);
  const repeats = counts.reduce((sum, row) => sum + Number(row.repeats ?? 0), 0);
  return {
    id: source.id,
    kind: source.kind,
    name: source.name,
    area: area?.name ?? '',
    severity: source.severity,
    rules: rulesOf(source.kind, source.rules),
    isPaused: source.pausedAt !== null,
    hasSecret: activeSecrets(source.secrets, now).length > 0,
    refusals: source.refusals,
    lastRefusal: source.lastRefusedAt ? { at: source.lastRefusedAt, words: source.lastRefusal ?? '' } : null,
    counts: {
      useful: count(({ became }) => became !== null && became !== 'repeated' && became !== 'ignored'),
      repeated: count(({ became }) => became === 'repeated') + repeats,
      ignored: count(({ became }) => became === 'ignored'),
      waiting: count(({ state }) => state === 'waiting'),
      failed: count(({ state }) => state === 'failed'),
    },
    leftOut: leftOut.slice(0, LEFT_OUT_SHOWN),
    hasMoreLeftOut: leftOut.length > LEFT_OUT_SHOWN,
    latest: latest.map(({ receivedAt, event, outcome, state }) => ({
      at: receivedAt,
      event,
      words: outcome ?? (state === 'waiting' ? 'Waits to be worked on.' : ''),
    })),
  };
}
