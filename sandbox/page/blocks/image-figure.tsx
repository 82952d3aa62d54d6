import type { Block, Element, TextObject } from '../../blocks/block.ts';

type SlackFile = { id?: string; url?: string };

/** An image by address, or a file of the sandbox; the alternative text stands in while it is missing. */
export function ImageFigure({
  image,
  size,
}: {
  image: Element | Block;
  size: 'full' | 'accessory' | 'context' | 'icon';
}) {
  const file = image.slack_file as SlackFile | undefined;
  const source = file
    ? file.id
      ? `/sandbox/files/${encodeURIComponent(file.id)}`
      : file.url
    : (image.image_url as string | undefined);
  const picture = <img class={`image image-${size}`} src={source} alt={String(image.alt_text ?? '')} loading="lazy" />;
  if (size !== 'full') return picture;
  const title = image.title as TextObject | undefined;
  return (
    <figure class="figure">
      {title ? <figcaption>{title.text}</figcaption> : null}
      {picture}
    </figure>
  );
}
