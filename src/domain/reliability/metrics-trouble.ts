/** Why metrics gave no figure. Each is said in a sentence; none is ever read as zero. */
export type MetricsTrouble =
  /** No connection: wrong address, refused, cut. */
  | { kind: 'unreachable' }
  | { kind: 'slow' }
  /** It wants another token, or none could be had. */
  | { kind: 'refused'; status: number }
  | { kind: 'no_token' }
  | { kind: 'broken'; status: number }
  | { kind: 'redirected' }
  /** A page, or anything else that is not its JSON. */
  | { kind: 'not_data' }
  | { kind: 'too_large' }
  /** It does not understand or cannot work out a query; `words` is what it says of it. */
  | { kind: 'bad_query'; words: string }
  | { kind: 'too_many_points' }
  /** It answers, and has nothing that fits. */
  | { kind: 'no_data' }
  /** It has only this share of what was asked for, 0 to 1. */
  | { kind: 'gaps'; share: number }
  /** A query gave several series where one figure is wanted. */
  | { kind: 'many_series'; count: number }
  /** A query gave what no count or share can be. */
  | { kind: 'no_figure'; words: string };

/** Troubles that asking another question would not cure: whoever asks should wait. */
export function isOfTheServer({ kind }: MetricsTrouble): boolean {
  return !['bad_query', 'too_many_points', 'no_data', 'gaps', 'many_series', 'no_figure'].includes(kind);
}
