import type { Block } from '../../blocks/block.ts';
import { ElementView } from '../elements/element-view.tsx';
import { TextObjectView } from '../text/text-object.tsx';
import { acting } from './block-view.tsx';

export function Section({ block }: { block: Block }) {
  const wide = /select|checkboxes|radio/.test(block.accessory?.type ?? '');
  return (
    <div class={wide ? 'section section-wide' : 'section'}>
      <div class="section-body">
        {block.text ? <TextObjectView text={block.text} /> : null}
        {block.fields ? (
          <div class="fields">
            {block.fields.map((field, index) => (
              <TextObjectView key={index} text={field} />
            ))}
          </div>
        ) : null}
      </div>
      {block.accessory ? (
        <div class="accessory">
          <ElementView element={block.accessory} place={acting(block)} />
        </div>
      ) : null}
    </div>
  );
}
