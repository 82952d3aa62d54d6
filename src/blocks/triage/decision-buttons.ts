import type { ActionsBlockElement } from '@slack/types';
import type { Suggestion } from '../../domain/triage/agenda.ts';
import { type DefectState, defectKey } from '../../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { button, option } from '../kit/parts.ts';

type Decided =
  | 'accept'
  | 'keepProving'
  | 'recommit'
  | 'acceptRisk'
  | 'needInfo'
  | 'defer'
  | 'claim'
  | 'merge'
  | 'split'
  | 'dismiss';

const LABELS: Record<Exclude<Decided, 'recommit'>, string> = {
  accept: 'Accept',
  keepProving: 'Keep proving',
  acceptRisk: 'Accept the risk',
  needInfo: 'Need info',
  defer: 'Defer',
  claim: 'Claim the fix',
  merge: 'Merge',
  split: 'Split',
  dismiss: 'Not a defect',
};

/** What each state allows, the usual first. */
const ALLOWED: Partial<Record<DefectState, readonly Decided[]>> = {
  new: ['accept', 'defer', 'dismiss', 'needInfo', 'acceptRisk', 'merge', 'split'],
  accepted: ['recommit', 'claim', 'defer', 'needInfo', 'acceptRisk', 'merge', 'split'],
  claimed: ['recommit', 'defer', 'needInfo', 'merge', 'split'],
};

/** Of a fix that has ended only a part: its three ways on stand as buttons. */
const SEEN_LESS: readonly Decided[] = [
  'keepProving',
  'acceptRisk',
  'recommit',
  'claim',
  'defer',
  'needInfo',
  'merge',
  'split',
];
const LESS_LABELS = { acceptRisk: 'Accept the rest', recommit: 'Go on fixing' } as const;

const SUGGESTED: Record<Suggestion, Decided> = {
  accept: 'accept',
  keep_proving: 'keepProving',
  recommit: 'recommit',
  accept_risk: 'acceptRisk',
  need_info: 'needInfo',
  defer: 'defer',
};

/** So many stand as buttons; the rarer decisions stand in the menu. */
const BUTTONS = 3;

/** The suggested decision first, then what else the state of the defect allows. */
export function decisionButtons(
  { number, state, ownerId }: { number: number; state: DefectState; ownerId: string | null },
  ref: DefectRef,
  suggestion: Suggestion,
): ActionsBlockElement[] {
  const value = defectRefValue(ref);
  const isLess = suggestion === 'keep_proving' && state === 'accepted';
  const allowed = isLess ? SEEN_LESS : (ALLOWED[state] ?? []);
  const first = SUGGESTED[suggestion];
  const ordered = allowed.includes(first) ? [first, ...allowed.filter((one) => one !== first)] : allowed;
  const labelOf = (one: Decided) => {
    if (isLess && one in LESS_LABELS) return LESS_LABELS[one as keyof typeof LESS_LABELS];
    return one === 'recommit' ? keepLabel(state, ownerId) : LABELS[one];
  };
  return [
    ...ordered.slice(0, BUTTONS).map((one, i) =>
      button(ACTIONS[one], labelOf(one), value, {
        ...(i === 0 ? { style: 'primary' as const } : {}),
        spoken: `${labelOf(one)}: ${defectKey(number)}`,
      }),
    ),
    ...(ordered.length > BUTTONS
      ? [
          {
            type: 'overflow' as const,
            action_id: ACTIONS.moreDecisions,
            options: ordered.slice(BUTTONS).map((one) => option(labelOf(one), `${ACTIONS[one]}|${value}`)),
          },
        ]
      : []),
  ];
}

function keepLabel(state: DefectState, ownerId: string | null): string {
  if (state === 'claimed') return 'Change the proof';
  return ownerId ? 'Set a new date' : 'Give it an owner';
}
