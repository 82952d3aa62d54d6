import type { Block, Element, TextObject } from '../../blocks/block.ts';
import { ElementView } from '../elements/element-view.tsx';
import { ScrollRegion } from '../shell/kit/scroll-region.tsx';
import { TextObjectView } from '../text/text-object.tsx';
import { acting } from './block-view.tsx';
import { ImageFigure } from './image-figure.tsx';

export function Card({ block }: { block: Block }) {
  const part = (name: 'title' | 'subtitle' | 'body') => block[name] as TextObject | undefined;
  const [title, subtitle, body] = [part('title'), part('subtitle'), part('body')];
  const hero = block.hero_image as Element | undefined;
  const icon = block.icon as Element | undefined;
  const actions = (block.actions ?? []) as Element[];
  return (
    <div class="card">
      {hero ? <ImageFigure image={hero} size="full" /> : null}
      <div class="card-head">
        {icon ? <ImageFigure image={icon} size="icon" /> : null}
        <div>
          {title ? (
            <div class="card-title">
              <TextObjectView text={title} />
            </div>
          ) : null}
          {subtitle ? (
            <div class="card-subtitle">
              <TextObjectView text={subtitle} />
            </div>
          ) : null}
        </div>
      </div>
      {body ? <TextObjectView text={body} /> : null}
      {actions.length > 0 ? (
        <div class="block-actions">
          {actions.map((element, index) => (
            <ElementView key={index} element={element} place={acting(block)} />
          ))}
        </div>
      ) : null}
    </div>
  );
}

export function Carousel({ block }: { block: Block }) {
  const cards = (block.elements ?? []) as unknown as Block[];
  return (
    <ScrollRegion className="carousel" label={`${cards.length} cards`} small>
      {cards.map((card, index) => (
        <Card key={index} block={{ ...card, block_id: card.block_id ?? block.block_id }} />
      ))}
    </ScrollRegion>
  );
}
