import type { Block } from '../../blocks/block.ts';
import { ElementView } from '../elements/element-view.tsx';
import { useSurface } from '../surface.ts';
import { PlainText } from '../text/mrkdwn.tsx';

export function InputBlock({ block }: { block: Block }) {
  const surface = useSurface();
  if (!block.element) return null;
  const blockId = block.block_id ?? '';
  const id = `${surface.id}-${blockId}`;
  const error = surface.errors[blockId];
  const place = {
    blockId,
    inInput: true,
    dispatches: block.dispatch_action === true,
    labelledBy: `${id}-label`,
    describedBy: error || block.hint ? `${id}-note` : undefined,
    controlId: `${id}-control`,
  };
  const grouped = block.element.type === 'checkboxes' || block.element.type === 'radio_buttons';
  const Label = grouped ? 'div' : 'label';
  return (
    <div class={error ? 'input-block has-error' : 'input-block'}>
      <Label class="input-label" id={`${id}-label`} htmlFor={grouped ? undefined : place.controlId}>
        <PlainText text={block.label?.text ?? ''} emoji={block.label?.emoji} />
        {block.optional ? <span class="optional"> (optional)</span> : null}
      </Label>
      <ElementView element={block.element} place={place} />
      <div id={`${id}-note`}>
        {error ? (
          <div class="input-error" role="alert">
            {error}
          </div>
        ) : null}
        {block.hint ? (
          <div class="hint">
            <PlainText text={block.hint.text} emoji={block.hint.emoji} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
