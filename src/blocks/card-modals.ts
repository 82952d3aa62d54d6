import type { KnownBlock, ModalView } from '@slack/types';
import { defectKey, SEVERITIES, type Severity } from '../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from './defect-ref.ts';
import { VIEWS } from './ids.ts';
import { choiceInput, personInput, textInput } from './inputs.ts';
import { clip, mrkdwn } from './mrkdwn.ts';
import { context, option, plain, section } from './parts.ts';
import { SEVERITY_WORDS } from './words.ts';

/** The names of the inputs, which are also the fields that a refusal may name. */
export const CARD_INPUTS = { owner: 'owner', reason: 'reason', severity: 'severity', area: 'area' } as const;

type Asked = { ref: Required<Pick<DefectRef, 'number' | 'programId'>>; title: string };

export function assignModal(asked: Asked & { ownerId: string | null }): ModalView {
  return form(asked, VIEWS.assign, 'Assign', [
    personInput(CARD_INPUTS.owner, { label: 'Owner', initial: asked.ownerId, hint: 'Who will see it through.' }),
  ]);
}

export function reopenModal(asked: Asked): ModalView {
  return form(asked, VIEWS.reopen, 'Reopen', [
    textInput(CARD_INPUTS.reason, { label: 'Why is it open again?', limit: 500, lines: true }),
    context(mrkdwn`It goes back to new and waits for the next triage.`),
  ]);
}

export type RelabelForm = Asked & {
  severity: Severity;
  areaId: number;
  areas: readonly { id: number; name: string }[];
};

/** Another severity or area, with a reason, since a list can be made shorter by changing its labels. */
export function relabelModal(asked: RelabelForm): ModalView {
  return form(asked, VIEWS.relabel, 'Relabel', [
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

function form({ ref, title }: Asked, callbackId: string, heading: string, blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: defectRefValue(ref),
    title: plain(heading, 24),
    submit: plain(heading, 24),
    close: plain('Cancel', 24),
    blocks: [section(mrkdwn`*${defectKey(ref.number)}*  ${clip(title, 200)}`), ...blocks],
  };
}
