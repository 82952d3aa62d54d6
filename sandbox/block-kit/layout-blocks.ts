import { limits } from '../rules/limits.ts';
import { isRecord } from './check-schema.ts';
import { choosers, dateTimePicker } from './choosing-elements.ts';
import { anyText, imageFields, imageUrl, oneImageSource, plainText, textMembers } from './composition-objects.ts';
import { contextActions, imageElement, pressables } from './elements.ts';
import { isUrl } from './formats.ts';
import { atLeastOneOf } from './presence.ts';
import { richTextMember } from './rich-text.ts';
import {
  array,
  boolean,
  type Field,
  formatted,
  required,
  type Schema,
  someText,
  string,
  typed,
  union,
} from './schema.ts';
import { inputsOnly, richTextInput } from './typing-elements.ts';
import { type Report, unsupported } from './violation.ts';

export const blockId: Record<string, Field> = { block_id: string(limits.blockId.value) };
const httpsUrl = formatted('https url', (text) => isUrl(text, limits.videoHttps.value));
const pickers = { ...choosers, datetimepicker: dateTimePicker, rich_text_input: richTextInput };

export const layoutBlocks: Record<string, Schema> = {
  section: typed(
    {
      ...blockId,
      text: anyText(limits.sectionText.value),
      fields: array(anyText(limits.sectionField.value), 1, limits.sectionFields.value),
      accessory: union({ ...pressables, ...choosers, image: imageElement }),
      expand: boolean,
    },
    atLeastOneOf(...limits.sectionTextOrFields.value),
  ),
  header: typed({ ...blockId, text: required(plainText(limits.headerText.value)) }),
  divider: typed(blockId),
  context: typed({
    ...blockId,
    elements: required(
      array(
        union({ ...textMembers(), image: imageElement }),
        limits.contextElementsMin.value,
        limits.contextElements.value,
      ),
    ),
  }),
  actions: typed({
    ...blockId,
    elements: required(
      array(union({ ...pressables, ...pickers }), limits.actionsElementsMin.value, limits.actionsElements.value),
    ),
  }),
  context_actions: typed({
    ...blockId,
    elements: required(array(union(contextActions), 1, limits.contextActionsElements.value)),
  }),
  image: typed({ ...blockId, ...imageFields, title: plainText(limits.imageTitle.value) }, oneImageSource),
  input: typed(
    {
      ...blockId,
      label: required(plainText(limits.inputLabel.value)),
      hint: plainText(limits.inputHint.value),
      optional: boolean,
      dispatch_action: boolean,
      element: required(union({ ...inputsOnly, ...pickers })),
    },
    filesDoNotDispatch,
  ),
  rich_text: richTextMember,
  markdown: typed({ ...blockId, text: required(string(limits.markdownText.value, 1)) }),
  file: typed({ ...blockId, source: required(string()), external_id: required(someText) }),
  video: typed({
    ...blockId,
    video_url: required(httpsUrl),
    thumbnail_url: required(imageUrl()),
    alt_text: required(someText),
    title: required(plainText(limits.videoTitle.value)),
    title_url: httpsUrl,
    author_name: string(limits.videoAuthor.value),
    provider_name: string(),
    provider_icon_url: imageUrl(),
    description: plainText(),
  }),
};

function filesDoNotDispatch(block: Record<string, unknown>, pointer: string, report: Report): void {
  const { element, dispatch_action: dispatches } = block;
  if (dispatches !== true || !isRecord(element) || element.type !== 'file_input') return;
  unsupported(report, `${pointer}/element`, Object.keys(pickers), element.type);
}
