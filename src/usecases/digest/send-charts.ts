import { chartSlots } from '../../blocks/digest/chart-slots.ts';
import { chartsMessage } from '../../blocks/digest/charts-message.ts';
import { ledgerWords, ownWords } from '../../blocks/fixes/ledger-words.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { note } from '../../blocks/programs/help-message.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { compareFixes, ownFixes } from '../../domain/fixes/ledger.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { Doing } from '../doing.ts';
import { gatherLedger } from '../fixes/gather-ledger.ts';
import { styleNow } from './chart-style.ts';
import { gatherEveryChart } from './gather-charts.ts';

/** How fixes compare, and how those of whoever asks hold: nobody else is told. */
async function readLedger(db: Db, program: Program, by: string, now: Date): Promise<string[]> {
  const fixes = await gatherLedger(db, program, now);
  const own = ownFixes(fixes, by, now);
  return [...ledgerWords(compareFixes(fixes, now)), ...(own ? [ownWords(own)] : [])];
}

/** Sends every chart to whoever asks for them, as a direct message. Who asks gets them even where the digest has none. */
export async function sendCharts(db: Db, program: Program, { by, now }: Doing): Promise<Message> {
  const charts = await gatherEveryChart(db, program, now);
  if (charts.length === 0) return note('There is too little to draw yet: a chart takes three weeks.');
  const style = await styleNow(db, program, now);
  await enqueuePost(db, {
    workspaceId: program.workspaceId,
    programId: program.id,
    dedupeKey: `charts:${program.id}:${by}:${now.toISOString()}`,
    channel: by,
    body: chartsMessage(chartSlots(charts, style === 'none' ? 'pictures' : style), {
      program,
      todayOn: localDateOn(now, program.timeZone),
      ledger: await readLedger(db, program, by, now),
    }),
    runAt: now,
  });
  return note('The charts are on their way to your direct messages with me.');
}
