import type { Block } from '../blocks/block.ts';
import { everyBlock, shownBlocks } from '../blocks/prepare-blocks.ts';
import type { Engine } from '../engine/engine.ts';
import type { Message } from '../state/model.ts';
import { textOrEmpty } from '../text/in-text.ts';

export function* everyMessage(engine: Engine): Generator<Message> {
  for (const log of engine.state.logs.values()) yield* log.oldestFirst();
}

/** Messages of the app whose blocks came without a text for notifications and screen readers. */
export function textlessMessages(engine: Engine): Message[] {
  return [...everyMessage(engine)].filter((message) => message.textless);
}

function lacksAlt(image: { [key: string]: unknown }): boolean {
  return image.type === 'image' && textOrEmpty(image.alt_text).trim() === '';
}

function hasBareImage(blocks: Block[]): boolean {
  for (const block of everyBlock(blocks))
    if ([block, block.accessory, ...(block.elements ?? [])].some((image) => image && lacksAlt(image))) return true;
  return false;
}

/** Messages of the app with an image, in a block or as a file, that a screen reader cannot describe. */
export function messagesWithBareImages(engine: Engine): Message[] {
  const { files, app } = engine.state;
  const isBareFile = (id: string) => {
    const file = files.get(id);
    return file?.mimetype.startsWith('image/') === true && !file.altText?.trim();
  };
  return [...everyMessage(engine)].filter(
    (message) => message.botId === app.botId && (hasBareImage(shownBlocks(message)) || message.files.some(isBareFile)),
  );
}
