import { expect, it } from 'vitest';
import { placedSlackFiles } from '../../block-kit/slack-files.ts';
import { card, container, divider, image, section } from './builders.ts';

const of = (id: string) => ({ type: 'image', alt_text: 'A chart', slack_file: { id } });

it('files of Slack are found in blocks, accessories, contexts, cards and containers, with where they stand', () => {
  const blocks = [
    divider(),
    of('F00000001'),
    section({ accessory: of('F00000002') }),
    { type: 'context', elements: [image(), of('F00000003')] },
    container({ icon: of('F00000004'), child_blocks: [divider(), of('F00000005')] }),
    { type: 'carousel', elements: [card({ hero_image: of('F00000006') })] },
  ];
  const found = placedSlackFiles(blocks, '/blocks').map(({ file, pointer }) => `${file.id} ${pointer}`);
  expect(found.sort()).toEqual([
    'F00000001 /blocks/1/slack_file',
    'F00000002 /blocks/2/accessory/slack_file',
    'F00000003 /blocks/3/elements/1/slack_file',
    'F00000004 /blocks/4/icon/slack_file',
    'F00000005 /blocks/4/child_blocks/1/slack_file',
    'F00000006 /blocks/5/elements/0/hero_image/slack_file',
  ]);
});

it('an image with a URL has no file of Slack', () => {
  expect(placedSlackFiles([image()], '/blocks')).toEqual([]);
});
