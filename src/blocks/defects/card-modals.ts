import type { ModalView } from '@slack/types';
import { SEVERITIES, type Severity } from '../../domain/vocabulary.ts';
import { VIEWS } from '../kit/ids.ts';
import { choiceInput, personInput, textInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { context, option } from '../kit/parts.ts';
import { SEVERITY_WORDS } from '../kit/words.ts';
import { type DefectOfForm, defectForm } from './defect-form.ts';

/** The names of the inputs, which are also the fields that a refusal may name. */
export const CARD_INPUTS = { owner: 'owner', reason: 'reason', severity: 'severity', area: 'area' } as const;

export function assignModal(asked: DefectOfForm & { ownerId: string | null }): ModalView {
  return defectForm(asked, VIEWS.assign, 'Assign', [
    personInput(CARD_INPUTS.owner, { label: 'Owner', initial: asked.ownerId, hint: 'Who will see it through.' }),
  ]);
}

export function reopenModal(asked: DefectOfForm): ModalView {
  return defectForm(asked, VIEWS.reopen, 'Reopen', [
    textInput(CARD_INPUTS.reason, { label: 'Why is it open again?', limit: 500, lines: true }),
    context(mrkdwn`It goes back to new and waits for the next triage.`),
  ]);
}

export type RelabelForm = DefectOfForm & {
  severity: Severity;
  areaId: number;
  areas: readonly { id: number; name: string }[];
};

/** Another severity or area, with a reason, since a list can be made shorter by changing its labels. */
export function relabelModal(asked: RelabelForm): ModalView {
  return defectForm(asked, VIEWS.relabel, 'Relabel', [
    choiceInput(CARD_INPUTS.severity, {
      label: 'Severity',
      options: SEVERITIES.map((severity) => option(SEVERITY_WORDS[severity], severity)),
      initial: asked.severity,
    }),
    choiceInput(CARD_INPUTS.area, {
      label: 'Area',
      options: asked.areas.slice(0, 100).map(({ id, name }) => option(name, String(id))),
      initial: String(asked.areaId),
    }),
    textInput(CARD_INPUTS.reason, { label: 'Why?', limit: 500, lines: true }),
    context(mrkdwn`A change that makes the list look shorter is named in the digest, with your reason.`),
  ]);
}
