import type { RichTextBlock } from '@slack/types';
import type { Block, TextObject } from '../../blocks/block.ts';
import { ElementView, UnknownPiece } from '../elements/element-view.tsx';
import { Markdown } from '../text/markdown.tsx';
import { PlainText } from '../text/mrkdwn.tsx';
import { RichText } from '../text/rich-text.tsx';
import { TextObjectView } from '../text/text-object.tsx';
import { Card, Carousel } from './card.tsx';
import { Chart } from './chart.tsx';
import { Container } from './container.tsx';
import { DataTable } from './data-table.tsx';
import { ImageFigure } from './image-figure.tsx';
import { InputBlock } from './input-block.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';
import { Plan, TaskCard } from './task-card.tsx';

export function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />;
    case 'header':
      return (
        <h3 class="block-header">
          <PlainText text={block.text?.text ?? ''} emoji={block.text?.emoji} />
        </h3>
      );
    case 'divider':
      return <hr class="block-divider" />;
    case 'context':
      return (
        <div class="block-context">
          {(block.elements ?? []).map((element, index) =>
            element.type === 'image' ? (
              <ImageFigure key={index} image={element} size="context" />
            ) : (
              <TextObjectView key={index} text={element as unknown as TextObject} />
            ),
          )}
        </div>
      );
    case 'actions':
    case 'context_actions':
      return (
        <div class="block-actions">
          {(block.elements ?? []).map((element, index) => (
            <ElementView key={element.action_id ?? index} element={element} place={acting(block)} />
          ))}
        </div>
      );
    case 'image':
      return <ImageFigure image={block} size="full" />;
    case 'input':
      return <InputBlock block={block} />;
    case 'rich_text':
      return <RichText block={block as unknown as RichTextBlock} />;
    case 'markdown':
      return <Markdown text={String(block.text ?? '')} />;
    case 'table':
      return <Table block={block} />;
    case 'data_table':
      return <DataTable block={block} />;
    case 'data_visualization':
      return <Chart block={block} />;
    case 'alert':
      return (
        <div class={`alert alert-${block.level ?? 'default'}`} role="note">
          {block.text ? <TextObjectView text={block.text} /> : null}
        </div>
      );
    case 'card':
      return <Card block={block} />;
    case 'carousel':
      return <Carousel block={block} />;
    case 'container':
      return <Container block={block} />;
    case 'task_card':
      return <TaskCard block={block} />;
    case 'plan':
      return <Plan block={block} />;
    default:
      return <UnknownPiece type={block.type} />;
  }
}

export function acting(block: Block) {
  return { blockId: block.block_id ?? '', inInput: false, dispatches: true };
}
