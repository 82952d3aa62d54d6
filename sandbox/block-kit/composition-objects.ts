import { limits } from '../rules/limits.ts';
import { isRecord } from './check-schema.ts';
import { isHttpUrl } from './formats.ts';
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
import { fail, type Report } from './violation.ts';

const smallest = limits.textObjectMin.value;
const largest = limits.textObject.value;

function plainMember(max: number): ObjectSchema {
  return typed({ text: required(string(max, smallest)), emoji: boolean });
}

function mrkdwnMember(max: number): ObjectSchema {
  return typed({ text: required(string(max, smallest)), verbatim: boolean });
}

export function plainText(max: number = largest): Schema {
  return union({ plain_text: plainMember(max) });
}

export function mrkdwnText(max: number = largest): Schema {
  return union({ mrkdwn: mrkdwnMember(max) });
}

export function anyText(max: number = largest): Schema {
  return union(anyTextMembers(max));
}

export function anyTextMembers(max: number = largest): Record<string, Schema> {
  return { plain_text: plainMember(max), mrkdwn: mrkdwnMember(max) };
}

export const url: Schema = { ...formatted('URL', isHttpUrl) };

export function urlUpTo(max: number): Schema {
  return { ...formatted('URL', isHttpUrl), max };
}

export const confirm = object({
  title: plainText(limits.confirmTitle.value),
  text: required(anyText(limits.confirmText.value)),
  confirm: plainText(limits.confirmButton.value),
  deny: plainText(limits.confirmButton.value),
  style: enumOf('primary', 'danger'),
});

export const dispatchActionConfig = object({
  trigger_actions_on: array(enumOf('on_enter_pressed', 'on_character_entered'), 1, 2),
});

export const conversationFilter = object(
  {
    include: array(enumOf('im', 'mpim', 'private', 'public'), 1),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  atLeastOneOf('include', 'exclude_external_shared_channels', 'exclude_bot_users'),
);

function option(text: Schema, description: Schema, more: Record<string, Field> = {}): ObjectSchema {
  return object({
    text: required(text),
    value: required(string(limits.optionValue.value)),
    description,
    ...more,
  });
}

const optionText = plainText(limits.optionText.value);
const optionDescription = plainText(limits.optionDescription.value);

export const selectOption = option(optionText, optionDescription);
export const overflowOption = option(optionText, optionDescription, { url: urlUpTo(limits.optionUrl.value) });
/** Only checkboxes and radio buttons format their options. */
export const choiceOption = option(anyText(limits.optionText.value), anyText(limits.optionDescription.value));

export const optionGroup = object({
  label: required(plainText(limits.optionGroupLabel.value)),
  options: required(array(selectOption, 1, limits.selectOptions.value)),
});

const fileId = new RegExp(limits.slackFileId.value);

export const slackFile = object(
  { id: formatted('slack file id', (text) => fileId.test(text)), url },
  exactlyOneOf('id', 'url'),
);

/** The fields that an image block and an image element share. */
export const imageSource: Record<string, Field> = {
  image_url: urlUpTo(limits.imageUrl.value),
  slack_file: slackFile,
  alt_text: required(string(limits.imageAltText.value)),
};

export function exactlyOneOf(...names: string[]) {
  return (value: Record<string, unknown>, pointer: string, report: Report) => {
    const given = names.filter((name) => value[name] !== undefined);
    if (given.length === 1) return;
    fail(report, pointer, `must provide exactly one of: ${names.join(', ')}`, {
      type: 'exactly_one_of',
      expected: names,
      got: given,
    });
  };
}

export function atMostOneOf(...names: string[]) {
  return (value: Record<string, unknown>, pointer: string, report: Report) => {
    const given = names.filter((name) => value[name] !== undefined);
    if (given.length <= 1) return;
    fail(report, pointer, `must provide at most one of: ${names.join(', ')}`, {
      type: 'at_most_one_of',
      expected: names,
      got: given,
    });
  };
}

export function atLeastOneOf(...names: string[]) {
  return (value: Record<string, unknown>, pointer: string, report: Report) => {
    if (names.some((name) => value[name] !== undefined)) return;
    fail(report, pointer, `must provide at least one of: ${names.join(', ')}`, {
      type: 'at_least_one_of',
      expected: names,
    });
  };
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => sameJson(a[key], b[key]));
  }
  return a === b;
}
