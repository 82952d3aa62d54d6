import { LEAD_ACTIONS, LEAD_VIEWS } from '../../blocks/kit/ids.ts';
import { parseRetention, RETENTION_INPUTS, retentionModal } from '../../blocks/programs/retention-modal.ts';
import { onOpen } from '../../requests/listen/on-button.ts';
import { onForm } from '../../requests/listen/on-form.ts';
import { changeRetention, retentionOf } from '../../usecases/programs/change-retention.ts';
import { programInMetadata, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

/** How long words, raw deliveries and the audit stay: the window of `/defect settings`, Data. */
export function registerRetention(deps: Deps): void {
  onOpen(deps, LEAD_ACTIONS.openRetention, {
    right: 'lead',
    names: programInValue,
    view: async ({ program }) => retentionModal(retentionOf(program), String(program.id)),
  });
  onForm(deps, LEAD_VIEWS.retention, {
    right: 'lead',
    names: programInMetadata,
    inputs: RETENTION_INPUTS,
    work: async (tx, { program, form, doing }) => {
      await changeRetention(tx, program, parseRetention(form.text), doing);
    },
    answer: () => null,
  });
}
