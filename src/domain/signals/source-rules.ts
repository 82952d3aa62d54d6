import { isForUsers } from './release-reach.ts';
import { leftOut, type ReportSignal, type Signal, type SignalKind } from './signal.ts';

/** What of a source counts. What a field does not say is as usual for its kind. */
export type SourceRules = {
  /** One of these it must have, where the sender has labels; none asks for none. */
  labels?: readonly string[];
  /** None of these it may have. */
  without?: readonly string[];
  /** Events that are left out, by the sender's own names; `charge.*` names all that start so. */
  events?: readonly string[];
  /** Whether what is seen where no users are counts too, apart from what they meet. */
  environments?: 'all' | 'users';
  /** What the sender says that means an area, which is told by its name or a label of it. */
  areas?: readonly AreaWord[];
};

export type AreaWord = { word: string; area: string };

export type WholeRules = Required<SourceRules>;

const NO_RULES: WholeRules = { labels: [], without: [], events: [], environments: 'all', areas: [] };

const USUAL: Partial<Record<SignalKind, SourceRules>> = {
  // A tracker holds wishes and questions too.
  github: {
    labels: ['bug', 'defect', 'regression', 'incident', 'outage', 'crash'],
    without: ['not a bug', 'invalid', 'duplicate'],
  },
};

/** The rules of a source, with what is usual for its kind where it has none of its own. */
export function rulesOf(kind: SignalKind, own: SourceRules | null): WholeRules {
  return { ...NO_RULES, ...USUAL[kind], ...own };
}

/** Signals as the rules of their source let them through; what they hold back is left out with the reason. */
export function applyRules(signals: readonly Signal[], rules: WholeRules): Signal[] {
  return signals.flatMap((signal) => {
    const report = signal.kind === 'revision' ? signal.report : signal.kind === 'report' ? signal : null;
    const why = report && reasonAgainst(report, rules);
    return report && why ? leftOut(`${report.event}: ${report.title}`, why) : [signal];
  });
}

function reasonAgainst({ labels, event, environment }: ReportSignal, rules: WholeRules): string | null {
  if (rules.events.some((one) => isEvent(event, one))) return 'The source leaves out this event.';
  if (rules.environments === 'users' && environment !== null && !isForUsers(environment))
    return `It is from ${environment}, and the source counts only what users meet.`;
  if (labels === null) return null;
  const against = rules.without.find((wanted) => labels.some((label) => isLabelled(label, wanted)));
  if (against) return `It is labelled ${against}.`;
  if (rules.labels.length > 0 && !rules.labels.some((wanted) => labels.some((label) => isLabelled(label, wanted))))
    return `It has none of the labels ${rules.labels.join(', ')}.`;
  return null;
}

/** The area that a sender means by one of its own words, or undefined where the source has no rule for any of them. */
export function areaWordOf(said: readonly string[], { areas }: WholeRules): AreaWord | undefined {
  return areas.find(({ word }) => said.some((one) => one.trim().toLowerCase() === word.toLowerCase()));
}

function isEvent(event: string, named: string): boolean {
  const [one, wanted] = [event.toLowerCase(), named.trim().toLowerCase()];
  return wanted.endsWith('*') ? one.startsWith(wanted.slice(0, -1)) : one === wanted;
}

/** Is a label the one that is meant: the same, or its words in a row (`kind/bug`, `type: bug`, `confirmed bug`, `bugs`)? */
function isLabelled(label: string, wanted: string): boolean {
  const [one, meant] = [label, wanted].map((text) => text.trim().toLowerCase()) as [string, string];
  return (
    one === meant ||
    (wordsOf(meant) !== '' &&
      [` ${wordsOf(meant)} `, ` ${wordsOf(meant)}s `].some((words) => ` ${wordsOf(one)} `.includes(words)))
  );
}

function wordsOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
