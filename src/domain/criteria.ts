/** A typed acceptance criterion: a condition that must hold before a fix counts as proven. */
export type Criterion =
  | { kind: 'max_reports'; limit: number }
  | { kind: 'metric'; metric: string; bound: number; forDays: number }
  | { kind: 'second_person'; userId: string }
  | { kind: 'link'; what: string };
