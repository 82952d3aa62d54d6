import type { WebClient } from '@slack/web-api';
import type { Chart, ChartSlot } from '../domain/digest/charts.ts';

/** What pictures of charts are made with. */
export type ChartRenderer = {
  /** The picture of a chart, as PNG. */
  draw: (chart: Chart) => Promise<Uint8Array>;
  /** Rests between two looks at a file. */
  wait: (ms: number) => Promise<unknown>;
  /** Ends when a message must not wait for its pictures any longer. */
  deadline: (ms: number) => Promise<unknown>;
};

/** The files of charts that are ready to be shown, by the id of the block they stand for. */
export type Pictures = Map<string, string>;

export type ChartUpload = ChartRenderer & { client: WebClient; onFailure: (blockId: string, error: unknown) => void };

/** A message waits at most this long for its pictures, and is whole without them. */
export const PICTURES_MS = 12_000;
const LOOKS_MS = [200, 400, 800, 1_600, 3_200];

/**
 * Draws the charts of a message, uploads them where nobody sees them yet, and waits until Slack has processed them.
 * What is not ready within `withinMs` is left out: the message is not held up. Never throws.
 */
export async function makePictures(
  slots: readonly ChartSlot[],
  withinMs: number,
  uploading: ChartUpload,
): Promise<Pictures> {
  const ready: Pictures = new Map();
  const failed = new Set<string>();
  const all = slots.map(async ({ blockId, chart }) => {
    try {
      const fileId = await upload(uploading.client, chart, await uploading.draw(chart));
      await awaitProcessed(uploading, fileId);
      ready.set(blockId, fileId);
    } catch (error) {
      failed.add(blockId);
      uploading.onFailure(blockId, error);
    }
  });
  await Promise.race([Promise.all(all), uploading.deadline(withinMs)]);
  for (const { blockId } of slots) {
    if (!ready.has(blockId) && !failed.has(blockId))
      uploading.onFailure(blockId, new Error(`not ready in ${withinMs} ms`));
  }
  return new Map(ready);
}

const TITLES: Record<Chart['kind'], string> = {
  burndown: 'Burn-down',
  harm: 'Harm by area',
  reliability: 'Reliability by area',
  survival: 'How fixes hold',
  page: 'Report',
};

/** Slack's three steps, without a channel, so that the file stays private until a message shows it. */
async function upload(client: WebClient, { kind }: Chart, picture: Uint8Array): Promise<string> {
  const answer = await client.filesUploadV2({
    file: Buffer.from(picture),
    filename: `${kind}.png`,
    title: TITLES[kind],
  });
  // The SDK answers a list of completions, each with a list of files.
  const fileId = (answer as { files?: { files?: { id?: string }[] }[] }).files?.[0]?.files?.[0]?.id;
  if (!fileId) throw new Error('The upload ended without naming its file.');
  return fileId;
}

/** A completed upload is no image yet: until Slack has looked at it, a message that shows it is refused. */
async function awaitProcessed({ client, wait }: ChartUpload, fileId: string): Promise<void> {
  for (const pauseMs of [...LOOKS_MS, 0]) {
    const { file } = await client.files.info({ file: fileId });
    if (file?.mimetype?.startsWith('image/')) return;
    await wait(pauseMs);
  }
  throw new Error('Slack has not processed the picture.');
}
