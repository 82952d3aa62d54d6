import { describe, expect, it } from 'vitest';
import { type ReplayedWeek, replayHistory } from '../../bench/replay/history.ts';
import type { ImportedReport } from '../../src/domain/import/imported-report.ts';
import { planHistory } from '../../src/domain/import/plan-history.ts';
import { databases } from '../databases.ts';

// A Sunday, so that each week has its Monday and its Friday; the second week ends the summer time of Berlin.
const FROM = new Date('2026-10-18T00:00:00Z');
const at = (day: number, hour = 12) => new Date(FROM.getTime() + (day * 24 + hour) * 3_600_000);

function rows(): ImportedReport[] {
  return Array.from({ length: 18 }, (_, i) => ({
    sourceId: `K-${i}`,
    title: `Sync ${i} stops <!channel>`,
    description: 'It stops after a while.',
    affected: i,
    supportTickets: 0,
    severity: i % 2 === 0 ? ('S1' as const) : ('S3' as const),
    reportedAt: at(i),
    ...(i % 6 === 0 ? { classKey: 'often' } : {}),
    ...(i === 6 ? { resolution: 'Fixed', resolvedAt: at(8) } : {}),
  }));
}

describe.each(databases)('a history replayed on $name', ({ open }) => {
  it('has its triage threads and digests at their local times, and adds up every week', async () => {
    const opened = await open();
    const seen: ReplayedWeek[] = [];
    const replay = await replayHistory({
      db: opened.db,
      happenings: planHistory(rows()).happenings,
      from: FROM,
      weeks: 3,
      seed: 1,
      logLevel: 'fatal',
      onWeek: (week) => seen.push(week),
    });
    const channel = replay.sandbox.channel('eng-stability')?.id ?? '';
    const ana = replay.sandbox.user('ana')?.id ?? '';
    const { messages } = replay.sandbox.messages(ana, channel, { limit: 200 });
    await replay.stop();
    await opened.close();

    expect(seen).toEqual(replay.weeks);
    expect(seen.map(({ gaps }) => gaps)).toEqual([[], [], []]);
    expect(seen.reduce((sum, week) => sum + week.new, 0)).toBe(16);
    expect(seen.reduce((sum, week) => sum + week.cameBack, 0)).toBe(1);
    expect(seen.some(({ decided }) => decided > 0)).toBe(true);
    const posted = messages.filter(({ threadTs, ts }) => !threadTs || threadTs === ts);
    const timesOf = (word: RegExp) =>
      posted
        .filter(({ text }) => word.test(text))
        .map(({ ts }) => new Date(Number(ts) * 1_000).toISOString().slice(0, 16));
    expect(timesOf(/triage/i)).toEqual(
      expect.arrayContaining(['2026-10-19T08:00', '2026-10-26T09:00', '2026-11-02T09:00']),
    );
    expect(posted.map(({ ts }) => new Date(Number(ts) * 1_000).toISOString().slice(0, 16))).toEqual(
      expect.arrayContaining(['2026-10-23T13:00', '2026-10-30T14:00', '2026-11-06T14:00']),
    );
  });
});
