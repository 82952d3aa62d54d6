import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

type Indexed = { width: number; height: number; palette: number[]; indexes: number[] };

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A screenshot as a PNG of at most 256 colours, which is a third of its size: a screen has few. Its pixels are read by the
 * browser that took it.
 */
export async function smallPng(page: Page, screenshot: Buffer): Promise<Buffer> {
  const { width, height, palette, indexes } = await page.evaluate(indexPixels, screenshot.toString('base64'));
  // Each line begins with its filter, and none is best where pixels are numbers of colours.
  const lines = Array.from({ length: height }, (_, y) => [0, ...indexes.slice(y * width, (y + 1) * width)]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, each the number of a colour.
  header.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette)),
    chunk('IDAT', deflateSync(Buffer.from(lines.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Runs in the browser. Colours that differ by less than a sixteenth are one, which is their mean; rare ones are the nearest. */
async function indexPixels(base64: string): Promise<Indexed> {
  type Sum = { key: number; count: number; of: [number, number, number] };
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  if (!canvas) throw new Error('no canvas');
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, width, height);
  const keys = new Uint16Array(width * height);
  const sums = new Map<number, Sum>();
  for (let i = 0; i < keys.length; i += 1) {
    const [r = 0, g = 0, b = 0] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]];
    const key = ((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4);
    keys[i] = key;
    const sum = sums.get(key) ?? { key, count: 0, of: [0, 0, 0] };
    sum.count += 1;
    sum.of = [sum.of[0] + r, sum.of[1] + g, sum.of[2] + b];
    sums.set(key, sum);
  }
  const sorted = [...sums.values()].sort((a, b) => b.count - a.count);
  const colours = sorted.slice(0, 256).map(({ count, of }) => of.map((one) => Math.round(one / count)));
  const numberOf = new Map(
    sorted.map(({ key, count, of }, place) => {
      if (place < 256) return [key, place];
      const away = colours.map((colour) => colour.reduce((far, one, c) => far + (one - (of[c] ?? 0) / count) ** 2, 0));
      return [key, away.indexOf(Math.min(...away))];
    }),
  );
  return { width, height, palette: colours.flat(), indexes: [...keys].map((key) => numberOf.get(key) ?? 0) };
}
