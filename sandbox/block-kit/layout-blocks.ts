import { limits } from '../rules/limits.ts';
import {
  anyText,
  anyTextMembers,
  atLeastOneOf,
  exactlyOneOf,
  imageSource,
  plainText,
  url,
} from './composition-objects.ts';
import {
  contextActions,
  dateTimePicker,
  imageElement,
  multiSelects,
  pickers,
  pressables,
  richTextInput,
  selects,
  textInputs,
} from './elements.ts';
import { isHttpsUrl } from './formats.ts';
import { richTextMember } from './rich-text.ts';
import { array, boolean, type Field, formatted, required, type Schema, string, typed, union } from './schema.ts';

export const blockId: Record<string, Field> = { block_id: string(limits.blockId.value) };
const httpsUrl = formatted('HTTPS URL', isHttpsUrl);

export const layoutBlocks: Record<string, Schema> = {
  section: typed(
    {
      ...blockId,
      text: anyText(limits.sectionText.value),
      fields: array(anyText(limits.sectionField.value), 1, limits.sectionFields.value),
      accessory: union({ ...pressables, ...pickers, ...selects, ...multiSelects, image: imageElement }),
      expand: boolean,
    },
    atLeastOneOf('text', 'fields'),
  ),
  header: typed({ ...blockId, text: required(plainText(limits.headerText.value)) }),
  divider: typed({ ...blockId }),
  context: typed({
    ...blockId,
    elements: required(array(union({ ...anyTextMembers(), image: imageElement }), 1, limits.contextElements.value)),
  }),
  actions: typed({
    ...blockId,
    elements: required(
      array(
        union({
          ...pressables,
          ...pickers,
          ...selects,
          ...multiSelects,
          datetimepicker: dateTimePicker,
          rich_text_input: richTextInput,
        }),
        1,
        limits.actionsElements.value,
      ),
    ),
  }),
  context_actions: typed({
    ...blockId,
    elements: required(array(union(contextActions), 1, limits.contextActionsElements.value)),
  }),
  image: typed(
    { ...blockId, ...imageSource, title: plainText(limits.imageTitle.value) },
    exactlyOneOf('image_url', 'slack_file'),
  ),
  input: typed({
    ...blockId,
    label: required(plainText(limits.inputLabel.value)),
    hint: plainText(limits.inputHint.value),
    optional: boolean,
    dispatch_action: boolean,
    element: required(
      union({
        ...textInputs,
        ...pickers,
        ...selects,
        ...multiSelects,
        datetimepicker: dateTimePicker,
        rich_text_input: richTextInput,
      }),
    ),
  }),
  rich_text: richTextMember,
  markdown: typed({ ...blockId, text: required(string(limits.markdownText.value, 1)) }),
  file: typed({ ...blockId, source: required(string()), external_id: required(string(undefined, 1)) }),
  video: typed({
    ...blockId,
    video_url: required(httpsUrl),
    thumbnail_url: required(url),
    alt_text: required(string(undefined, 1)),
    title: required(plainText(limits.videoTitle.value)),
    title_url: httpsUrl,
    author_name: string(limits.videoAuthor.value),
    provider_name: string(),
    provider_icon_url: url,
    description: plainText(),
  }),
};
