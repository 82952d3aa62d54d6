import type { FunctionDefinition } from '../../../seed/manifest.ts';
import { parametersOf } from '../../../workflows/parameters.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useScreen } from '../screen.ts';

type StepDialogProps = { callbackId: string; step: FunctionDefinition; onClose: () => void };

/** Runs a step as a workflow would, with inputs that somebody types here. */
export function StepDialog({ callbackId, step, onClose }: StepDialogProps) {
  const { act, say, snapshot } = useScreen();
  const parameters = parametersOf(step.input_parameters);
  const title = step.title ?? callbackId;
  const run = async (event: Event) => {
    event.preventDefault();
    const typed = new FormData(event.target as HTMLFormElement);
    const filled = parameters.filter(({ name }) => String(typed.get(name) ?? '') !== '');
    const inputs = Object.fromEntries(filled.map(({ name }) => [name, String(typed.get(name))]));
    onClose();
    if ((await act('runStep', { callbackId, inputs })) !== undefined) say(`The step "${title}" is running.`);
  };
  return (
    <Dialog label={title} className="dialog confirm" onEscape={onClose}>
      <form onSubmit={(event) => void run(event)}>
        <h2>{title}</h2>
        <div class="edit-body step-inputs">
          {step.description ? <p>{step.description}</p> : null}
          {parameters.map(({ name, title: label, description, type, is_required }) => (
            <label key={name}>
              {label ?? name}
              {is_required ? '' : ' (optional)'}
              <input
                class="field"
                name={name}
                required={is_required}
                defaultValue={type?.endsWith('user_id') ? snapshot.me.id : ''}
              />
              {description ? <span class="hint">{description}</span> : null}
            </label>
          ))}
        </div>
        <div class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button button-primary">
            Run
          </button>
        </div>
      </form>
    </Dialog>
  );
}
