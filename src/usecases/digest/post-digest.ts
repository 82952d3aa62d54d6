import { chartSlots } from '../../blocks/digest/chart-slots.ts';
import { digestPost } from '../../blocks/digest/digest-post.ts';
import { digestPreview } from '../../blocks/digest/digest-preview.ts';
import { digestThread } from '../../blocks/digest/digest-thread.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findSample } from '../../db/programs/samples.ts';
import { settleNudges } from '../../db/reminders/nudges.ts';
import { type Burndown, identityGaps } from '../../domain/digest/burndown.ts';
import type { ChartSlot } from '../../domain/digest/charts.ts';
import type { Digest } from '../../domain/digest/digest.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { keepLastQuarter } from '../office/quarter-report.ts';
import { styleNow } from './chart-style.ts';
import { burndownWithin } from './gather-burndown.ts';
import { gatherDigestCharts } from './gather-charts.ts';
import { gatherDigest } from './gather-digest.ts';

/** `gaps` names what does not add up, which is said in the digest too, or why it has no charts: worth a line in the log. */
export type DigestPosted = { kind: 'posted' | 'repeated'; gaps: string[] };

/** Posts the digest of the week that ends when it was due to the program's channel, once: one screen, and a thread. */
export async function postDigest(
  tx: Db,
  program: Program,
  { dueAt, late, now }: { dueAt: Date; late: boolean; now: Date },
): Promise<DigestPosted> {
  await settleNudges(tx, program.id, now);
  const gathered = await gatherDigest(tx, program, dueAt);
  const digest = { ...gathered, gaps: await gapsInLog(tx, program, gathered) };
  const { charts, trouble } = await chartsOf(tx, program, digest, now);
  const { workspaceId, id: programId, channelId: channel, timeZone } = program;
  const address = { workspaceId, programId, channel, runAt: now };
  const dedupeKey = `digest:${program.id}:${dueAt.toISOString()}`;
  const hasSample = (await findSample(tx, program.id)) !== null;
  // A late digest is read as of when it was due, so that its week is still this week.
  const setting = { programId, programName: ownName(program), timeZone, now: dueAt, late, hasSample, charts };
  const isNew = await enqueuePost(tx, { ...address, dedupeKey, body: digestPost(digest, setting) });
  for (const { name, message } of digestThread(digest, setting)) {
    await enqueuePost(tx, { ...address, dedupeKey: `${dedupeKey}:${name}`, parentKey: dedupeKey, body: message });
  }
  await keepLastQuarter(tx, program, dueAt);
  return { kind: isNew ? 'posted' : 'repeated', gaps: [...digest.gaps, ...trouble] };
}

/** Whether the log from its beginning tells the same of both weeks as the list, from which the digest counts back. */
async function gapsInLog(tx: Db, program: Program, { window, thisWeek, lastWeek }: Digest): Promise<string[]> {
  const [before = window.after] = weekBounds(program, window.upTo).slice(-3);
  const gapsIn = async (after: Date, upTo: Date, { now }: Burndown) =>
    identityGaps({ ...(await burndownWithin(tx, program, { after, upTo })), now });
  return [...(await gapsIn(window.after, window.upTo, thisWeek)), ...(await gapsIn(before, window.after, lastWeek))];
}

function ownName({ name, nameFollowsChannel }: Program): string | null {
  return nameFollowsChannel ? null : name;
}

/** The charts of a digest. What goes wrong with them is told to the log, and the digest goes without. */
async function chartsOf(
  tx: Db,
  program: Program,
  digest: Digest,
  now: Date,
): Promise<{ charts: ChartSlot[]; trouble: string[] }> {
  // A burn-down that does not add up is not drawn either.
  if (program.charts === 'none' || digest.isQuiet || digest.gaps.length > 0) return { charts: [], trouble: [] };
  try {
    return await tx.transaction(async (attempt) => {
      const charts = await gatherDigestCharts(attempt, program, digest.window.upTo, {
        now: digest.thisWeek.now,
        verdict: digest.verdicts?.reports,
      });
      return { charts: chartSlots(charts, await styleNow(attempt, program, now)), trouble: [] };
    });
  } catch (error) {
    return { charts: [], trouble: [`no charts: ${error instanceof Error ? error.name : typeof error}`] };
  }
}

/** The digest as it would be now, for the one who asked. Writes nothing. */
export async function previewDigest(db: Db, program: Program, now: Date): Promise<Message> {
  const { id: programId, timeZone } = program;
  const digest = await gatherDigest(db, program, now);
  const hasSample = (await findSample(db, program.id)) !== null;
  return digestPreview(digest, { programId, programName: ownName(program), timeZone, now, late: false, hasSample });
}
