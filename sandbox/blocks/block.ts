import type { Json } from '../text/json.ts';

export type TextObject = { type: string; text: string; emoji?: boolean; verbatim?: boolean };

export type Option = { text: TextObject; value: string; description?: TextObject; url?: string };

export type OptionGroup = { label: TextObject; options: Option[] };

export type Confirm = {
  title?: TextObject;
  text?: TextObject;
  confirm?: TextObject;
  deny?: TextObject;
  style?: string;
};

/** Any Block Kit element; which fields are present depends on `type`. */
export type Element = {
  type: string;
  action_id?: string;
  text?: TextObject;
  value?: string;
  url?: string;
  style?: string;
  placeholder?: TextObject;
  options?: Option[];
  option_groups?: OptionGroup[];
  initial_option?: Option;
  initial_options?: Option[];
  initial_value?: string;
  initial_date?: string;
  initial_time?: string;
  initial_date_time?: number;
  initial_user?: string;
  initial_users?: string[];
  initial_channel?: string;
  initial_channels?: string[];
  initial_conversation?: string;
  initial_conversations?: string[];
  default_to_current_conversation?: boolean;
  response_url_enabled?: boolean;
  max_selected_items?: number;
  min_query_length?: number;
  min_length?: number;
  max_length?: number;
  min_value?: string;
  max_value?: string;
  is_decimal_allowed?: boolean;
  multiline?: boolean;
  dispatch_action_config?: { trigger_actions_on?: string[] };
  confirm?: Confirm;
  [key: string]: unknown;
};

/** Any Block Kit block; which fields are present depends on `type`. */
export type Block = {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: Element;
  elements?: Element[];
  element?: Element;
  label?: TextObject;
  hint?: TextObject;
  optional?: boolean;
  dispatch_action?: boolean;
  [key: string]: unknown;
};

/** One entry of `view.state.values[block_id][action_id]`, as Slack sends it. */
export type StateValue = {
  type: string;
  value?: string | null;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_date_time?: number | null;
  selected_user?: string | null;
  selected_users?: string[];
  selected_channel?: string | null;
  selected_channels?: string[];
  selected_conversation?: string | null;
  selected_conversations?: string[];
  rich_text_value?: Json;
  files?: string[];
};

export type StateValues = { [blockId: string]: { [actionId: string]: StateValue } };
