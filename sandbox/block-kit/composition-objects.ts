import { limits } from '../rules/limits.ts';
import { isUrl } from './formats.ts';
import { atLeastOneOf, exactlyOneOf } from './presence.ts';
import {
  array,
  boolean,
  enumOf,
  type Field,
  formatted,
  type ObjectSchema,
  object,
  required,
  type Schema,
  string,
  typed,
  union,
} from './schema.ts';

function words(max: number): Field {
  return required(string(max, limits.textObjectMin.value));
}

export function textMembers(max: number = limits.textObject.value): Record<string, Schema> {
  return {
    plain_text: typed({ text: words(max), emoji: boolean }),
    mrkdwn: typed({ text: words(max), verbatim: boolean }),
  };
}

export function plainText(max: number = limits.textObject.value): Schema {
  return union({ plain_text: typed({ text: words(max), emoji: boolean }) });
}

export function mrkdwnText(max: number = limits.textObject.value): Schema {
  return union({ mrkdwn: typed({ text: words(max), verbatim: boolean }) });
}

export function anyText(max: number = limits.textObject.value): Schema {
  return union(textMembers(max));
}

export function url(max?: number): Schema {
  return formatted('url', (text) => isUrl(text, limits.urlFormat.value), max);
}

export function imageUrl(max?: number): Schema {
  return formatted('url', (text) => isUrl(text, limits.imageUrlFormat.value), max);
}

const [agree, decline] = limits.confirmLabels.value;

export const confirm = object({
  title: plainText(limits.confirmTitle.value),
  text: required(anyText(limits.confirmText.value)),
  [agree]: required(plainText(limits.confirmButton.value)),
  [decline]: required(plainText(limits.confirmButton.value)),
  style: enumOf('primary', 'danger'),
});

export const dispatchActionConfig = object({
  trigger_actions_on: array(enumOf(...limits.dispatchTriggers.value), 1, limits.dispatchTriggers.value.length),
});

export const conversationFilter = object(
  {
    include: array(enumOf('im', 'mpim', 'private', 'public'), 1),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  atLeastOneOf(...limits.conversationFilter.value),
);

function option(words: (max: number) => Schema, more: Record<string, Field> = {}): ObjectSchema {
  return object({
    text: required(words(limits.optionText.value)),
    value: required(string(limits.optionValue.value)),
    description: words(limits.optionDescription.value),
    ...more,
  });
}

export const selectOption = option(plainText);
export const overflowOption = option(plainText, { url: url(limits.optionUrl.value) });
export const choiceOption = option(anyText);

export const optionGroup = object({
  label: required(plainText(limits.optionGroupLabel.value)),
  options: required(array(selectOption, limits.selectOptionsMin.value, limits.selectOptions.value)),
});

const slackFile = object(
  { id: { kind: 'string', pattern: limits.slackFileId.value }, url: url() },
  exactlyOneOf(...limits.slackFileSource.value),
);

/** The fields that an image block and an image element share. */
export const imageFields: Record<string, Field> = {
  image_url: imageUrl(limits.imageUrl.value),
  slack_file: slackFile,
  alt_text: required(string(limits.imageAltText.value)),
};

export const oneImageSource = exactlyOneOf(...limits.imageSource.value);
