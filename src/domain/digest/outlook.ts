import { type MeasuredImpact, type SeverityDrift, severityDrifts } from '../defects/severity-drift.ts';
import { type FixLife, survivalByArea, survivalLedger } from '../proof/survival.ts';
import { mulberry32 } from '../stats/random.ts';
import { SEVERITIES } from '../vocabulary.ts';
import { type FlowWeek, forecastOpen } from './forecast.ts';

export type OutlookFacts = {
  openNow: number;
  flows: readonly FlowWeek[];
  fixes: readonly FixLife[];
  /** What the open defects did in one span of time. */
  impacts: readonly MeasuredImpact[];
  now: Date;
  timeZone: string;
  seed: number;
};

/** What a digest may say beyond its week. Empty or `undefined` where nothing can be said yet. */
export type Outlook = {
  forecast: string | undefined;
  survival: string | undefined;
  drifts: string[];
};

const FEWEST_FIXES = 5;
const DRIFTS_NAMED = 2;
const SMALLEST_GOAL = 5;

/**
 * The slower statements, each only where it says something:
 * 1. the forecast of the next round goal, the same for the same seed;
 * 2. the survival of fixes, from five on;
 * 3. the two labels that are furthest from the measured impact, understated ones first.
 */
export function assembleOutlook(facts: OutlookFacts): Outlook {
  return {
    forecast: forecastLine(facts),
    survival: survivalLine(facts),
    drifts: severityDrifts(facts.impacts)
      .sort(understatedFirstThenFurthest)
      .slice(0, DRIFTS_NAMED)
      .map(({ sentence }) => sentence),
  };
}

/** The round number to get under next: about three quarters of what is open, never under five. */
export function nextGoal(openNow: number): number {
  const wanted = openNow * 0.75;
  const step = wanted >= 100 ? 50 : wanted >= 30 ? 10 : 5;
  return Math.max(SMALLEST_GOAL, Math.floor(wanted / step) * step);
}

function forecastLine({ openNow, flows, now, timeZone, seed }: OutlookFacts): string | undefined {
  const target = nextGoal(openNow);
  const forecast = forecastOpen({ openNow, target, weeks: flows, now, timeZone, random: mulberry32(seed) });
  return forecast.kind === 'already' || forecast.kind === 'unknown' ? undefined : forecast.sentence;
}

function survivalLine({ fixes, now }: OutlookFacts): string | undefined {
  const ledger = survivalLedger(fixes, now);
  if (ledger.fixes < FEWEST_FIXES || ledger.shares.every(({ share }) => share === undefined)) return undefined;
  const broken = survivalByArea(fixes, now)
    .filter((one) => one.ledger.fixes >= FEWEST_FIXES && one.ledger.broken > 0)
    .map((one) => `${one.area} ${one.ledger.broken} of ${one.ledger.fixes}`);
  const byArea = broken.length === 0 ? '' : ` Broken by area: ${broken.join(', ')}.`;
  return `${ledger.sentence}${byArea}`;
}

function understatedFirstThenFurthest(a: SeverityDrift, b: SeverityDrift): number {
  const distance = ({ labelled, measured }: SeverityDrift) =>
    Math.abs(SEVERITIES.indexOf(labelled) - SEVERITIES.indexOf(measured));
  const understated = ({ direction }: SeverityDrift) => Number(direction === 'understated');
  return understated(b) - understated(a) || distance(b) - distance(a) || (a.key < b.key ? -1 : 1);
}
