import type { Block, TextObject } from '../../blocks/block.ts';
import { TextObjectView } from '../text/text-object.tsx';
import { BlockList } from './block-list.tsx';

export function Container({ block }: { block: Block }) {
  const title = block.title as TextObject | undefined;
  const subtitle = block.subtitle as TextObject | undefined;
  const children = <BlockList blocks={(block.child_blocks ?? []) as Block[]} />;
  const head = (
    <>
      {title ? <span class="container-title">{title.text}</span> : null}
      {subtitle ? <TextObjectView text={subtitle} /> : null}
    </>
  );
  if (block.is_collapsible !== true)
    return (
      <div class="container">
        {head}
        {children}
      </div>
    );
  return (
    <details class="container" open={block.default_collapsed !== true}>
      <summary>{head}</summary>
      {children}
    </details>
  );
}
