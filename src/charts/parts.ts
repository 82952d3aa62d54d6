import type { TopLevelSpec } from 'vega-lite';
import { drawnDay, labelledWeeks } from './labels.ts';
import { FAINT, INK, LOOK, TEXT } from './look.ts';

export type Spec = TopLevelSpec;
type Concat = Extract<Spec, { vconcat: unknown }>;
export type Panel = Concat['vconcat'][number];
type Layered = Extract<Panel, { layer: unknown }>;
export type Layer = Layered['layer'][number];
export type Point = { x: number; y: number };

/** Panels one below the other under a title, each with scales of its own. */
export function sheet(title: string, panels: Panel[]): Spec {
  return {
    config: LOOK,
    title,
    vconcat: panels,
    resolve: { scale: { x: 'independent', y: 'independent' } },
  };
}

export type Plane = {
  width: number;
  height: number;
  x: { from: number; to: number; axis: object | null };
  y: { from: number; to: number; axis: object | null };
};

/** Layers over one plane. Every layer's data has `x` and `y`; whatever people wrote is data too, never part of the spec. */
export function panel({ width, height, x, y }: Plane, layers: Layer[]): Panel {
  const scaled = {
    x: { field: 'x', type: 'quantitative', scale: { domain: [x.from, x.to], nice: false, zero: false }, axis: x.axis },
    y: { field: 'y', type: 'quantitative', scale: { domain: [y.from, y.to], nice: false, zero: false }, axis: y.axis },
  };
  const layer = layers.map((one) => ({ ...one, encoding: { ...scaled, ...one.encoding } }));
  return { width, height, layer } as Panel;
}

/** The dates of weeks under a plane whose x counts weeks from 0; the latest week always has its date. */
export function weekDates(endsOn: readonly string[]): object {
  return {
    values: labelledWeeks(endsOn.length),
    labelExpr: `${JSON.stringify(endsOn.map(drawnDay))}[datum.value]`,
    title: null,
    grid: false,
    domain: true,
    domainColor: FAINT,
  };
}

/** Bars from `y` up to `y2`. */
export function bars(values: readonly (Point & { y2: number })[], color: string, width: number): Layer {
  return {
    data: { values: [...values] },
    mark: { type: 'bar', width, color },
    encoding: { y2: { field: 'y2' } },
  };
}

type TextLook = {
  align: 'left' | 'center' | 'right';
  baseline: 'top' | 'middle' | 'bottom';
  dx: number;
  dy: number;
  color: string;
  fontSize: number;
  fontWeight: 'bold';
};

/** Text at points: each value brings its own `text`, one line or several. */
export function words(
  values: readonly (Point & { text: string | readonly string[] })[],
  mark: Partial<TextLook> = {},
): Layer {
  return {
    data: { values: values.map(({ text, ...at }) => ({ ...at, text: typeof text === 'string' ? text : [...text] })) },
    mark: { type: 'text', baseline: 'middle', fontSize: TEXT, lineHeight: TEXT + 4, color: INK, ...mark },
    encoding: { text: { field: 'text' } },
  };
}

/** A filled mark at each point. */
export function marks(
  values: readonly Point[],
  look: { color: string; shape: string; size?: number; dx?: number },
): Layer {
  return {
    data: { values: [...values] },
    mark: {
      type: 'point',
      filled: true,
      opacity: 1,
      size: look.size ?? 70,
      shape: look.shape,
      color: look.color,
      xOffset: look.dx ?? 0,
    },
  };
}

/** A line through points; it breaks where `y` is null. */
export function line(
  values: readonly { x: number; y: number | null }[],
  look: { color: string; dash?: readonly number[]; width?: number; step?: boolean },
): Layer {
  return {
    data: { values: [...values] },
    mark: {
      type: 'line',
      color: look.color,
      strokeWidth: look.width ?? 2.5,
      strokeDash: [...(look.dash ?? [1, 0])],
      interpolate: look.step ? 'step-after' : 'linear',
      invalid: 'break-paths-show-path-domains',
    },
  };
}
