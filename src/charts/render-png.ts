import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { FONT } from './look.ts';

const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
  fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${file}`)),
);
/** Pixels of the picture for one of the chart, so that it is sharp on dense screens. */
const ZOOM = 2;

// Without a canvas Vega takes every letter for 0.8 em wide, which leaves broad margins; this font's average is less.
const EM = 0.62;
const BOLD_EM = 0.7;
// Its types leave out what its documentation offers for just this.
const { textMetrics } = vega as unknown as { textMetrics: { width: (item: TextItem, text: string) => number } };
type TextItem = { fontSize: number; fontWeight?: string };
textMetrics.width = ({ fontSize, fontWeight }, text) =>
  String(text).length * fontSize * (fontWeight === 'bold' ? BOLD_EM : EM);

/** The picture of a chart, in the fonts it brings along: the same bytes on every machine. */
export async function renderPng(spec: TopLevelSpec): Promise<Uint8Array> {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    const picture = new Resvg(svg, {
      font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: FONT, sansSerifFamily: FONT },
      fitTo: { mode: 'zoom', value: ZOOM },
    });
    return picture.render().asPng();
  } finally {
    view.finalize();
  }
}
