import type { Confirm } from '../../../blocks/block.ts';
import { PlainText } from '../../text/mrkdwn.tsx';
import { TextObjectView } from '../../text/text-object.tsx';
import { Dialog } from './dialog.tsx';

type ConfirmDialogProps = { confirm: Confirm; onAnswer: (confirmed: boolean) => void };

export function ConfirmDialog({ confirm, onAnswer }: ConfirmDialogProps) {
  const title = confirm.title?.text ?? 'Are you sure?';
  return (
    <Dialog label={title} className="dialog confirm" onEscape={() => onAnswer(false)}>
      <h2>
        <PlainText text={title} />
      </h2>
      {confirm.text ? <TextObjectView text={confirm.text} /> : null}
      <div class="dialog-foot">
        <button type="button" class="button" onClick={() => onAnswer(false)}>
          {confirm.deny?.text ?? 'Cancel'}
        </button>
        <button
          type="button"
          class={confirm.style === 'danger' ? 'button button-danger' : 'button button-primary'}
          onClick={() => onAnswer(true)}
        >
          {confirm.confirm?.text ?? 'Yes'}
        </button>
      </div>
    </Dialog>
  );
}
