import type { Criterion } from '../domain/proof/criteria.ts';
import type { LatencyQuantile } from '../domain/reliability/reliability.ts';
import type { DEFAULT_AREAS, Escape, FixKind, Severity } from '../domain/vocabulary.ts';
import { billing } from './tables/billing.ts';
import { connectivity } from './tables/connectivity.ts';
import { deployment } from './tables/deployment.ts';
import { launchIntegration } from './tables/launch-integration.ts';
import { reliability } from './tables/reliability.ts';

/** Reports between two days before the end of the history: the first one on `from`, the others spread down to `to`. */
export type Sightings = { from: number; to: number; count: number };

/** What somebody did about it, `ago` days before the end of the history. People are seats at a table, counted from 0. */
export type SampleStep = { ago: number } & (
  | {
      do: 'accept';
      owner: number;
      /** Days after the end of the history; negative is overdue by now. */
      dueIn: number;
      escape: Escape;
      criteria?: readonly Criterion[];
      /** The seat that is to confirm the fix. */
      confirmer?: number;
    }
  | { do: 'claim'; fixKind: FixKind; keepingNote: string; environments?: readonly string[] }
  | { do: 'confirm' }
  | { do: 'accept_risk' | 'dismiss' | 'ask' | 'defer'; words: string }
  | { do: 'relabel'; severity: Severity; words: string }
  | { do: 'merge'; into: string }
);

/** One recurring failure: how it was told, how often it was seen, and what was done about it. */
export type SampleDefect = {
  key: string;
  severity: Severity;
  /** Title and description of a report, each in somebody's own words; the first one names the defect. */
  told: readonly (readonly [title: string, description: string])[];
  seen: readonly Sightings[];
  /** The fewest and the most accounts that one report says were hit. */
  affected?: readonly [fewest: number, most: number];
  /** The most support tickets that one report stands for. */
  tickets?: number;
  environments?: readonly string[];
  /** Whose incident it was: all of it where `every` is 1, every third report where it is 3. */
  vendor?: { name: string; every: number };
  /** An integration that files every other report, always in the same words. */
  machine?: { name: string; told: readonly [title: string, description: string] };
  steps?: readonly SampleStep[];
};

export type SampleArea = { area: (typeof DEFAULT_AREAS)[number]; defects: readonly SampleDefect[] };

export const SAMPLE_AREAS: readonly SampleArea[] = [deployment, billing, connectivity, launchIntegration];

/** What the metrics of an area say while nothing is wrong, and while its alert is on. */
export type SampleFigures = {
  area: SampleArea['area'];
  /** The share of requests that are to succeed, over 30 days. */
  target: number;
  thresholdSeconds: number;
  requestsAnHour: number;
  /** Shares of all requests. */
  failing: number;
  slow: number;
  /** The quantile of an ordinary day, and its bucket. */
  p99: LatencyQuantile;
  /** The defect whose alert comes with failures, how long it is on and what fails meanwhile. */
  alert: { defect: string; minutes: readonly [fewest: number, most: number]; failing: number; uptime: number };
};

export const SAMPLE_FIGURES: readonly SampleFigures[] = reliability.figures;

/** A release, `ago` days before the end of the history; of production where no environment is told. */
export type SampleRelease = { version: string; ago: number; environment?: string };

export const SAMPLE_RELEASES: readonly SampleRelease[] = reliability.releases;
