import type { ModalView, SectionBlock } from '@slack/types';
import { type Limited, type ProgramRetention, RETENTION_BOUNDS } from '../../domain/programs/program-retention.ts';
import { LEAD_ACTIONS, LEAD_VIEWS } from '../kit/ids.ts';
import { textInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { button, plain, section } from '../kit/parts.ts';

/** block_id and action_id are the same for every input of the form. */
export const RETENTION_INPUTS: Record<Limited, string> = {
  reportWordsDays: 'report_words_days',
  deliveryDays: 'delivery_days',
  auditDays: 'audit_days',
};

const LABELS: Record<Limited, string> = {
  reportWordsDays: 'Words of reports stay for … days, or for ever where this is empty',
  deliveryDays: 'Raw deliveries of signals stay for … days',
  auditDays: 'The audit stays for … days',
};

/** How long things stay, for leads. `metadata` is the program's id. */
export function retentionModal(retention: ProgramRetention, metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: LEAD_VIEWS.retention,
    private_metadata: metadata,
    title: plain('Retention', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(
        mrkdwn`What is older goes every night. Of a report, its title, description and link go, and its reporter's name once all they reported is as old. A defect keeps its name. Counts, dates, harm, proofs and every past burn-down stay.`,
      ),
      ...(Object.keys(LABELS) as Limited[]).map((name) => {
        const { least, most, why } = RETENTION_BOUNDS[name];
        return textInput(RETENTION_INPUTS[name], {
          label: LABELS[name],
          hint: `${least} to ${most}. ${why}`,
          limit: 5,
          initial: retention[name] === null ? null : String(retention[name]),
          optional: name === 'reportWordsDays',
        });
      }),
    ],
  };
}

/** What the form says, by its block ids; what is no whole number is refused by the use case, at its field. */
export function parseRetention(answered: (blockId: string) => string | null | undefined): ProgramRetention {
  const days = (name: Limited) => (answered(RETENTION_INPUTS[name]) ?? '').trim();
  const number = (text: string) => (/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN);
  const words = days('reportWordsDays');
  return {
    reportWordsDays: words === '' ? null : number(words),
    deliveryDays: number(days('deliveryDays')),
    auditDays: number(days('auditDays')),
  };
}

/** A part of the settings: where the retention is set. */
export function retentionSection(programId: number): SectionBlock {
  return section(
    mrkdwn`*Data*\nHow long words, raw deliveries and the audit stay.`,
    button(LEAD_ACTIONS.openRetention, 'Open retention', String(programId)),
  );
}
