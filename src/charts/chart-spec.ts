import type { Chart } from '../domain/digest/charts.ts';
import { burndownSpec } from './burndown-spec.ts';
import { harmSpec } from './harm-spec.ts';
import { pageSpec } from './page-spec.ts';
import type { Spec } from './parts.ts';
import { reliabilitySpec } from './reliability-spec.ts';
import { survivalSpec } from './survival-spec.ts';

export function chartSpec(chart: Chart): Spec {
  switch (chart.kind) {
    case 'burndown':
      return burndownSpec(chart);
    case 'harm':
      return harmSpec(chart);
    case 'reliability':
      return reliabilitySpec(chart);
    case 'page':
      return pageSpec(chart);
    case 'survival':
      return survivalSpec(chart);
  }
}
