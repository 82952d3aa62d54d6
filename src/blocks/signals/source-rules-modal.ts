import type { ModalView } from '@slack/types';
import type { WholeRules } from '../../domain/signals/source-rules.ts';
import { RULES_LIMIT, typedRules } from '../../domain/signals/typed-rules.ts';
import { VIEWS } from '../kit/ids.ts';
import { choiceInput, textInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { option, plain, section } from '../kit/parts.ts';

export const RULES_INPUTS = {
  labels: 'labels',
  without: 'without',
  events: 'events',
  environments: 'environments',
  areas: 'areas',
} as const;

/** Asks what of a source counts, and what it calls the areas. */
export function sourceRulesModal(
  name: string,
  rules: WholeRules,
  areas: readonly string[],
  metadata: string,
): ModalView {
  const typed = typedRules(rules);
  const some = { limit: RULES_LIMIT, optional: true };
  return {
    type: 'modal',
    callback_id: VIEWS.sourceRules,
    private_metadata: metadata,
    title: plain('What counts', 24),
    submit: plain('Save', 24),
    close: plain('Back', 24),
    blocks: [
      section(mrkdwn`What of *${name}* becomes a report. The rest is counted and shown with its reason.`),
      textInput(RULES_INPUTS.labels, {
        ...some,
        label: 'Only with one of these labels',
        hint: 'With commas; “bug” also means kind/bug and type: bug. Empty asks for none.',
        initial: typed.labels,
      }),
      textInput(RULES_INPUTS.without, {
        ...some,
        label: 'Never with one of these labels',
        initial: typed.without,
      }),
      textInput(RULES_INPUTS.events, {
        ...some,
        label: 'Never these events',
        hint: 'As the sender calls them; charge.dispute.* means all that start so.',
        initial: typed.events,
      }),
      choiceInput(RULES_INPUTS.environments, {
        label: 'Environments',
        options: [
          option('All, test and staging apart from what users meet', 'all'),
          option('Only what users meet', 'users'),
        ],
        initial: rules.environments,
      }),
      textInput(RULES_INPUTS.areas, {
        ...some,
        label: 'What the sender calls an area',
        hint: `Lines such as payments = ${areas[0] ?? 'billing'}. It goes before the labels of areas.`,
        initial: typed.areas,
        lines: true,
      }),
    ],
  };
}

/** "only labelled bug or defect; never wontfix; only what users meet", or "everything". */
export function rulesWords({ labels, without, events, environments, areas }: WholeRules): string {
  const parts = [
    ...(labels.length > 0 ? [`only labelled ${labels.join(' or ')}`] : []),
    ...(without.length > 0 ? [`not labelled ${without.join(' or ')}`] : []),
    ...(events.length > 0 ? [`without the events ${events.join(', ')}`] : []),
    ...(environments === 'users' ? ['only what users meet'] : []),
  ];
  const called = areas.map(({ word, area }) => `${word} is ${area}`);
  return [parts.join(', ') || 'everything', ...called].join('; ');
}
