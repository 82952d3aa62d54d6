import { limits } from '../rules/limits.ts';
import { confirm, imageFields, oneImageSource, overflowOption, plainText, url } from './composition-objects.ts';
import { array, enumOf, type Field, object, required, type Schema, someText, string, typed } from './schema.ts';

export const actionable: Record<string, Field> = { action_id: string(limits.actionId.value) };

const style = enumOf('primary', 'danger');
const label: Record<string, Field> = {
  text: required(plainText(limits.buttonText.value)),
  accessibility_label: string(limits.accessibilityLabel.value),
};
const value = string(limits.buttonValue.value);

export const button = typed({ ...actionable, ...label, confirm, value, url: url(limits.buttonUrl.value), style });

/** Elements that are pressed. */
export const pressables: Record<string, Schema> = {
  button,
  workflow_button: typed({
    [limits.workflowButtonId.value]: required(string(limits.actionId.value)),
    ...label,
    confirm,
    style,
    workflow: required(
      object({
        trigger: required(
          object({
            url: required(url()),
            customizable_input_parameters: array(object({ name: required(someText), value: required(string()) })),
          }),
        ),
      }),
    ),
  }),
  overflow: typed({
    ...actionable,
    confirm,
    options: required(array(overflowOption, 1, limits.overflowOptions.value)),
  }),
};

const feedbackButton = object({ ...label, value: required(value) });

export const contextActions: Record<string, Schema> = {
  feedback_buttons: typed({
    ...actionable,
    positive_button: required(feedbackButton),
    negative_button: required(feedbackButton),
  }),
  icon_button: typed({
    ...actionable,
    ...label,
    confirm,
    icon: required(enumOf(...limits.iconButtonIcon.value)),
    value,
    visible_to_user_ids: array(someText),
  }),
};

export const imageElement = typed(imageFields, oneImageSource);
