import type { OutgoingBody } from '../db/messages/outbox.ts';
import type { ChartSlot } from '../domain/digest/charts.ts';
import type { Pictures } from './chart-pictures.ts';

/** The body with Slack's own charts where it has some, and pictures for the rest that are ready. */
export function withNativeCharts(body: OutgoingBody, pictures: Pictures): OutgoingBody {
  return withBlocks(body, (slot) => slot.native ?? imageOf(slot, pictures));
}

/** The body with its pictures; a chart that has none is said in words. */
export function withPictures(body: OutgoingBody, pictures: Pictures): OutgoingBody {
  return withBlocks(body, (slot) => imageOf(slot, pictures));
}

function withBlocks(body: OutgoingBody, blockOf: (slot: ChartSlot) => object | undefined): OutgoingBody {
  const shown = new Map(body.charts?.map((slot) => [slot.blockId, blockOf(slot)]));
  const blocks = body.blocks.map((block) => {
    const instead = shown.get((block as { block_id?: string }).block_id ?? '');
    return instead ?? block;
  });
  return { text: body.text, blocks };
}

function imageOf({ blockId, title, alt }: ChartSlot, pictures: Pictures): object | undefined {
  const id = pictures.get(blockId);
  if (!id) return undefined;
  return {
    type: 'image',
    block_id: blockId,
    slack_file: { id },
    alt_text: alt,
    ...(title ? { title: { type: 'plain_text', text: title, emoji: false } } : {}),
  };
}
