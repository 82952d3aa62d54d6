import { chartSlots } from '../../blocks/digest/chart-slots.ts';
import { chartsMessage } from '../../blocks/digest/charts-message.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { note } from '../../blocks/programs/help-message.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { Doing } from '../doing.ts';
import { styleNow } from './chart-style.ts';
import { gatherEveryChart } from './gather-charts.ts';

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
    body: chartsMessage(
      chartSlots(charts, style === 'none' ? 'pictures' : style),
      program,
      localDateOn(now, program.timeZone),
    ),
    runAt: now,
  });
  return note('The charts are on their way to your direct messages with me.');
}
