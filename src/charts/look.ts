import type { Config } from 'vega-lite';

export const FONT = 'DejaVu Sans';
/** Logical pixels; Slack shows a picture at most about this wide, a phone at half of it. */
export const WIDTH = 640;
export const TEXT = 15;

/** A tint, so that the plate has an edge on a white page and does not glare on a dark one. */
export const PAPER = '#f3f6f8';
export const INK = '#1d2a33';
export const FAINT = '#5b6b75';
export const GRID = '#dde3e7';

/** Of the palette of Okabe and Ito, those that stand out on paper, the orange darker; shape and dash tell them apart as well. */
export const BLUE = '#0072b2';
export const ORANGE = '#c97b00';
export const GREEN = '#009e73';
export const RED = '#d55e00';
export const PURPLE = '#a8527f';

export const LINES = [
  { color: BLUE, dash: [1, 0], shape: 'circle' },
  { color: RED, dash: [9, 4], shape: 'square' },
  { color: GREEN, dash: [3, 3], shape: 'triangle-up' },
  { color: PURPLE, dash: [12, 3, 3, 3], shape: 'diamond' },
  { color: FAINT, dash: [2, 5], shape: 'cross' },
] as const;

/** An opaque sheet, so that the same picture is read in light and dark. */
export const LOOK: Config = {
  font: FONT,
  background: PAPER,
  padding: { left: 18, right: 18, top: 16, bottom: 14 },
  view: { stroke: null },
  concat: { spacing: 14 },
  title: { anchor: 'start', frame: 'group', color: INK, fontSize: 18, fontWeight: 'bold', offset: 14 },
  axis: {
    labelColor: FAINT,
    labelFontSize: TEXT - 1,
    labelPadding: 6,
    titleColor: FAINT,
    gridColor: GRID,
    domain: false,
    ticks: false,
    labelOverlap: false,
    labelFlush: false,
  },
  text: { color: INK, fontSize: TEXT, font: FONT },
};
