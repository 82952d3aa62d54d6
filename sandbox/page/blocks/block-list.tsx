import type { Block } from '../../model.ts';
import { BlockView } from './block-view.tsx';

export function BlockList({ blocks }: { blocks: Block[] }) {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        <BlockView key={block.block_id ?? index} block={block} />
      ))}
    </div>
  );
}
