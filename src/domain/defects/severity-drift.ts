import { SEVERITIES, type Severity } from '../vocabulary.ts';

/** What a defect really did in one span of time, whatever it is labelled. */
export type MeasuredImpact = {
  key: string;
  severity: Severity;
  reports: number;
  /** Accounts over all its reports. */
  affected: number;
  supportTickets: number;
};

export type SeverityDrift = {
  key: string;
  labelled: Severity;
  measured: Severity;
  direction: 'understated' | 'overstated';
  sentence: string;
};

/** A defect with fewer in the span says nothing, and nothing is said of it. */
export const FEWEST_REPORTS = 4;
const MIN_PEERS = 3;

/** Impact points without the label: the rank's formula at severity weight 1, for the average report, times the reports. */
export function measuredPoints({ reports, affected, supportTickets }: MeasuredImpact): number {
  return reports === 0 ? 0 : reports * (1 + Math.log(1 + affected / reports)) + supportTickets;
}

/**
 * Compares each label with the impact measured over the same span. A defect drifts when its measured points reach the
 * median of a severity worse than its label, or fall to the median of a lighter one; the furthest such severity is named.
 * It says nothing of a defect with under four reports, and compares with no severity of under three such defects. It only
 * points out: a label set by a person is never changed.
 */
export function severityDrifts(defects: readonly MeasuredImpact[]): SeverityDrift[] {
  const known = defects.filter(({ reports }) => reports >= FEWEST_REPORTS);
  const medians = new Map(SEVERITIES.map((severity) => [severity, medianPoints(known, severity)]));
  const median = (severity: Severity) => medians.get(severity);
  return known.flatMap((defect) => {
    const points = measuredPoints(defect);
    const own = SEVERITIES.indexOf(defect.severity);
    const worse = SEVERITIES.slice(0, own).find((severity) => points >= (median(severity) ?? Number.POSITIVE_INFINITY));
    const lighter = SEVERITIES.slice(own + 1).findLast((severity) => points <= (median(severity) ?? -1));
    if (worse) return [drift(defect, worse, 'understated')];
    return lighter ? [drift(defect, lighter, 'overstated')] : [];
  });
}

/** A change that a person made to how a defect is labelled. */
export type Relabel = {
  key: string;
  field: 'severity' | 'area';
  from: string;
  to: string;
  by: string;
  at: Date;
  why: string | null;
};

/** A relabel shortens a list when the severity is lowered, or when the defect leaves an area for another. */
export function shortensList({ field, from, to }: Relabel): boolean {
  if (from === to) return false;
  if (field === 'area') return true;
  return SEVERITIES.indexOf(to as Severity) > SEVERITIES.indexOf(from as Severity);
}

function drift(defect: MeasuredImpact, measured: Severity, direction: SeverityDrift['direction']): SeverityDrift {
  const { key, severity: labelled } = defect;
  const sentence =
    direction === 'understated'
      ? `${key} is ${labelled} but does as much harm as a typical ${measured}. Raise it?`
      : `${key} is ${labelled} but does no more harm than a typical ${measured}. Lower it?`;
  return { key, labelled, measured, direction, sentence };
}

function medianPoints(defects: readonly MeasuredImpact[], severity: Severity): number | undefined {
  const points = defects
    .filter((defect) => defect.severity === severity)
    .map(measuredPoints)
    .sort((a, b) => a - b);
  if (points.length < MIN_PEERS) return undefined;
  const middle = (points.length - 1) / 2;
  return ((points[Math.floor(middle)] ?? 0) + (points[Math.ceil(middle)] ?? 0)) / 2;
}
