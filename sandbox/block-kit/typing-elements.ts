import { limits } from '../rules/limits.ts';
import { dispatchActionConfig, plainText } from './composition-objects.ts';
import { lengthsAgree, numbersAgree } from './element-checks.ts';
import { actionable } from './elements.ts';
import { isDecimal } from './formats.ts';
import { richText } from './rich-text.ts';
import {
  array,
  boolean,
  type Field,
  formatted,
  integer,
  required,
  type Schema,
  someText,
  string,
  typed,
} from './schema.ts';

const typing: Record<string, Field> = {
  ...actionable,
  focus_on_load: boolean,
  placeholder: plainText(limits.placeholder.value),
  dispatch_action_config: dispatchActionConfig,
};
const lines = integer(1, limits.richTextInputLines.value);
const decimal = formatted('number', isDecimal);

export const richTextInput = typed({ ...typing, initial_value: richText, min_lines: lines, max_lines: lines });

/** Elements that only an input block may hold. */
export const inputsOnly: Record<string, Schema> = {
  plain_text_input: typed(
    {
      ...typing,
      initial_value: string(),
      multiline: boolean,
      min_length: integer(0, limits.plainTextInputMinLength.value),
      max_length: integer(limits.plainTextInputMaxLengthMin.value, limits.plainTextInputMaxLength.value),
    },
    lengthsAgree,
  ),
  email_text_input: typed({ ...typing, initial_value: string() }),
  url_text_input: typed({ ...typing, initial_value: string() }),
  number_input: typed(
    {
      ...typing,
      is_decimal_allowed: required(boolean),
      initial_value: decimal,
      min_value: decimal,
      max_value: decimal,
    },
    numbersAgree,
  ),
  file_input: typed({
    ...actionable,
    filetypes: array(someText, 1),
    max_files: integer(limits.fileInputMaxFilesMin.value, limits.fileInputMaxFiles.value),
  }),
};
