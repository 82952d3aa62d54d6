import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import * as vega from 'vega';
import { compile } from 'vega-lite';
import { FONT } from './look.ts';
import type { Spec } from './parts.ts';
import { textWidth } from './text-width.ts';

const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
  fileURLToPath(new URL(`./fonts/${file}`, import.meta.url)),
);
/** Pixels of the picture for one of the chart, so that it is sharp on dense screens. */
const ZOOM = 2;

// Its types leave out what its documentation offers for just this.
const { textMetrics } = vega as unknown as { textMetrics: { width: (item: TextItem, text: string) => number } };
type TextItem = { fontSize: number; fontWeight?: string };
textMetrics.width = ({ fontSize, fontWeight }, text) => textWidth(String(text), fontSize, fontWeight === 'bold');

/** The picture of a chart, in the fonts it brings along: the same bytes on every machine. */
export async function renderPng(spec: Spec): Promise<Uint8Array> {
  const picture = new Resvg(await renderSvg(spec), {
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: FONT, sansSerifFamily: FONT },
    fitTo: { mode: 'zoom', value: ZOOM },
  });
  return picture.render().asPng();
}

export async function renderSvg(spec: Spec): Promise<string> {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
