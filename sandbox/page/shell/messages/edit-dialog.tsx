import { useId, useState } from 'preact/hooks';
import { Dialog } from '../kit/dialog.tsx';

type EditDialogProps = { text: string; onClose: (text: string | undefined) => void };

export function EditDialog({ text, onClose }: EditDialogProps) {
  const [next, setNext] = useState(readable(text));
  const id = useId();
  return (
    <Dialog label="Edit message" className="dialog confirm" onEscape={() => onClose(undefined)}>
      <h2 id={id}>Edit message</h2>
      <div class="edit-body">
        <textarea
          class="field"
          rows={4}
          aria-labelledby={id}
          value={next}
          onInput={(event) => setNext((event.target as HTMLTextAreaElement).value)}
        />
      </div>
      <div class="dialog-foot">
        <button type="button" class="button" onClick={() => onClose(undefined)}>
          Cancel
        </button>
        <button type="button" class="button button-primary" disabled={next.trim() === ''} onClick={() => onClose(next)}>
          Save
        </button>
      </div>
    </Dialog>
  );
}

// What is stored has Slack's markup for links and escapes; what is edited is what was typed.
function readable(text: string): string {
  return text
    .replace(/<(https?:\/\/[^>|]+)(?:\|[^>]*)?>/g, '$1')
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, '@$1')
    .replace(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, '#$1')
    .replace(/<!(here|channel|everyone)>/g, '@$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
