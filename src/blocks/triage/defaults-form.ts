import type { ModalView } from '@slack/types';
import { DUE_SPANS, type DueSpan } from '../../domain/defects/default-due.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { SEVERITIES, type Severity } from '../../domain/vocabulary.ts';
import { LEAD_VIEWS } from '../kit/ids.ts';
import { choiceInput, peopleInput } from '../kit/inputs.ts';
import { option } from '../kit/parts.ts';
import { SEVERITY_WORDS, SPAN_WORDS } from '../kit/words.ts';
import { settingsForm } from '../programs/settings-form.ts';

export type TriageDefaults = {
  areas: readonly { id: number; name: string; ownerIds: readonly string[] }[];
  /** From S1 to S4. */
  dueSpans: readonly DueSpan[];
};

/** The input of an area is named by its id, that of a severity by itself. */
export const defaultOwnerInput = (areaId: number) => `owners_${areaId}`;
export const defaultDueInput = (severity: Severity) => `due_${severity}`;

/** What triage proposes: who owns what comes in an area, and how long each severity may take. */
export function defaultsForm({ areas, dueSpans }: TriageDefaults, metadata: string): ModalView {
  return settingsForm(LEAD_VIEWS.defaults, 'Owners and due dates', metadata, [
    ...areas.slice(0, 60).map(({ id, name, ownerIds }) =>
      peopleInput(defaultOwnerInput(id), {
        label: `Who owns ${cleanLine(name, 60)}`,
        hint: 'Triage proposes them for what nobody owns yet; several take turns.',
        initial: ownerIds,
      }),
    ),
    ...SEVERITIES.map((severity, i) =>
      choiceInput(defaultDueInput(severity), {
        label: `Due: ${SEVERITY_WORDS[severity]}`,
        options: DUE_SPANS.map((span) => option(`in ${SPAN_WORDS[span]}`, span)),
        initial: dueSpans[i],
      }),
    ),
  ]);
}
