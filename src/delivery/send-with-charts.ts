import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { SentMessage } from '../db/messages/outbox.ts';
import type { ClaimedMessage } from '../db/messages/outbox-claims.ts';
import { markNativeChartsRefused } from '../db/programs/programs.ts';
import type { ChartSlot } from '../domain/digest/charts.ts';
import { makePictures, PICTURES_MS, type Pictures } from './chart-pictures.ts';
import type { Delivery } from './deliver-message.ts';
import { sendMessage } from './send-message.ts';
import { withNativeCharts, withPictures } from './with-charts.ts';

/** What is left for sending itself when the pictures have taken all the time they may. */
const SEND_MARGIN_MS = 1_000;
const MOST_KEPT = 100;
/** Slack says so before it posts anything. */
const REFUSED = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

/**
 * Sends a message, with its charts where it has some and they are ready in time. One that is refused for its blocks
 * stands nowhere, so it goes out in plainer form at once:
 * 1. with Slack's own charts, where the program wants them; a refusal is remembered;
 * 2. with pictures;
 * 3. in words, which is how it was enqueued.
 * Null where it became too late to send anything.
 *
 * @param lateAtMs after this instant of `elapsedMs` no send may start
 */
export async function sendWithCharts(
  delivery: Delivery & { client: WebClient },
  message: ClaimedMessage,
  lateAtMs: number,
): Promise<SentMessage | null> {
  const { client, db, clock, elapsedMs } = delivery;
  const { body } = message;
  const { charts = [] } = body;
  const send = async (drawn: ClaimedMessage['body']) =>
    elapsedMs() > lateAtMs ? null : await sendMessage(client, { ...message, body: drawn });
  if (charts.length === 0) return send(body);

  const native = charts.filter((slot) => slot.native !== null);
  const pictures = await picturesOf(
    delivery,
    message,
    charts.filter((slot) => slot.native === null),
    lateAtMs,
  );
  let sent = native.length === 0 ? 'refused' : await unlessRefused(() => send(withNativeCharts(body, pictures)));
  const refusedNative = native.length > 0 && sent === 'refused';
  if (sent === 'refused') {
    const rest = await picturesOf(delivery, message, native, lateAtMs);
    sent = await unlessRefused(() => send(withPictures(body, new Map([...pictures, ...rest]))));
  }
  if (sent === 'refused') sent = await send(withPictures(body, new Map()));
  // Now that it went out without them, it is known that the chart blocks were what Slack refused.
  if (sent && refusedNative) await markNativeChartsRefused(db, message.workspaceId, clock.now());
  if (sent) delivery.chartRenderer?.kept.delete(message.id);
  return sent;
}

/** A second attempt at a message shows what the first one uploaded. */
async function picturesOf(
  { client, elapsedMs, chartRenderer, log }: Delivery & { client: WebClient },
  { id }: ClaimedMessage,
  slots: readonly ChartSlot[],
  lateAtMs: number,
): Promise<Pictures> {
  const withinMs = Math.min(PICTURES_MS, lateAtMs - SEND_MARGIN_MS - elapsedMs());
  if (!chartRenderer || slots.length === 0) return new Map();
  const kept = chartRenderer.kept.get(id) ?? new Map<string, string>();
  const missing = slots.filter(({ blockId }) => !kept.has(blockId));
  if (missing.length === 0 || withinMs <= 0) return kept;
  const made = await makePictures(missing, withinMs, {
    ...chartRenderer,
    client,
    onFailure: (chart, error) => log.warn({ message: id, chart, error }, 'a chart is said in words'),
  });
  const pictures = new Map([...kept, ...made]);
  chartRenderer.kept.set(id, pictures);
  // Of messages that were given up.
  const [oldest] = chartRenderer.kept.keys();
  if (chartRenderer.kept.size > MOST_KEPT && oldest !== undefined) chartRenderer.kept.delete(oldest);
  return pictures;
}

async function unlessRefused<T>(send: () => Promise<T>): Promise<T | 'refused'> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof WebAPIPlatformError && REFUSED.has(error.data.error)) return 'refused';
    throw error;
  }
}
