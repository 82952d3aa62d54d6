import { useErrorBoundary } from 'preact/hooks';
import type { Block } from '../../blocks/block.ts';
import { UnknownPiece } from '../elements/element-view.tsx';
import { BlockView } from './block-view.tsx';

export function BlockList({ blocks }: { blocks: Block[] }) {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        <GuardedBlock key={block.block_id ?? index} block={block} />
      ))}
    </div>
  );
}

// One block that cannot be drawn must not take the conversation with it.
function GuardedBlock({ block }: { block: Block }) {
  const [error] = useErrorBoundary();
  return error ? <UnknownPiece type={block.type} /> : <BlockView block={block} />;
}
