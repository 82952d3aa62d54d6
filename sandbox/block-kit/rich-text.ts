import { limits } from '../rules/limits.ts';
import { url } from './composition-objects.ts';
import { isTimeZone } from './formats.ts';
import {
  array,
  boolean,
  enumOf,
  type Field,
  formatted,
  integer,
  object,
  required,
  type Schema,
  someText,
  string,
  typed,
  union,
} from './schema.ts';

const styles = ['bold', 'code', 'italic', 'strike', 'underline'];

/** `more` names the styles that only this element takes. */
function styled(fields: Record<string, Field>, more: readonly string[] = []): Schema {
  const style = object(Object.fromEntries([...styles, ...more].map((name) => [name, boolean])));
  return typed({ ...fields, style });
}

const text = styled({ text: required(string(undefined, limits.richTextNotEmpty.value)) });
const link = styled({ url: required(someText), text: string(), unsafe: boolean });

const inline: Record<string, Schema> = {
  broadcast: styled({ range: required(enumOf('here', 'channel', 'everyone')) }),
  color: styled({ value: required(someText) }),
  channel: styled({ channel_id: required(someText) }, limits.mentionStyles.value),
  date: styled(
    {
      timestamp: required(integer()),
      format: required(someText),
      timezone: formatted('timezone', isTimeZone),
      url: url(),
      fallback: string(),
    },
    limits.richTextDate.value,
  ),
  emoji: styled({ name: required(someText), unicode: string(), url: url() }),
  link,
  team: styled({ team_id: required(someText) }),
  text,
  user: styled({ user_id: required(someText) }, limits.mentionStyles.value),
  usergroup: styled({ usergroup_id: required(someText) }, limits.mentionStyles.value),
};

const border = integer(0, 1);
const section = typed({ elements: required(array(union(inline))) });

const parts: Record<string, Schema> = {
  rich_text_section: section,
  rich_text_list: typed({
    elements: required(array(union({ rich_text_section: section }), 1)),
    style: required(enumOf('bullet', 'ordered')),
    indent: integer(0, limits.richTextIndent.value),
    offset: integer(0),
    border,
  }),
  rich_text_quote: typed({ elements: required(array(union(inline))), border }),
  rich_text_preformatted: typed({ elements: required(array(union({ text, link }))), border, language: string() }),
};

export const richTextMember = typed({
  block_id: string(limits.blockId.value),
  elements: required(array(union(parts), 1)),
});

export const richText = union({ rich_text: richTextMember });
