export type SlashCommand = {
  command: string;
  url?: string;
  description?: string;
  usage_hint?: string;
  should_escape?: boolean;
};

export type Prompt = { title: string; message: string };

export type FunctionParameter = {
  name?: string;
  type?: string;
  title?: string;
  description?: string;
  is_required?: boolean;
};

/** Parameters are an object by name, or JSON Schema's `{ properties, required }`. */
export type FunctionDefinition = {
  title?: string;
  description?: string;
  input_parameters?: { [name: string]: unknown };
  output_parameters?: { [name: string]: unknown };
};

export type Shortcut = { name: string; type: 'global' | 'message'; callback_id: string; description?: string };

/** The parts of a Slack app manifest that the sandbox acts on. */
export type Manifest = {
  display_information: { name: string; description?: string; background_color?: string };
  features?: {
    bot_user?: { display_name?: string; always_online?: boolean };
    app_home?: {
      home_tab_enabled?: boolean;
      messages_tab_enabled?: boolean;
      messages_tab_read_only_enabled?: boolean;
    };
    slash_commands?: SlashCommand[];
    shortcuts?: Shortcut[];
    /** The app answers as an assistant: a direct message to it begins a thread. */
    assistant_view?: { assistant_description?: string; suggested_prompts?: Prompt[] };
    unfurl_domains?: string[];
  };
  /** Steps for workflows, by callback_id. */
  functions?: { [callbackId: string]: FunctionDefinition };
  /** Whoever lets the app in may refuse the scopes of `bot_optional`. */
  oauth_config?: { redirect_urls?: string[]; scopes?: { bot?: string[]; bot_optional?: string[]; user?: string[] } };
  settings?: {
    event_subscriptions?: {
      request_url?: string;
      bot_events?: string[];
      metadata_subscriptions?: { app_id: string; event_type: string }[];
    };
    interactivity?: { is_enabled?: boolean; request_url?: string; message_menu_options_url?: string };
    socket_mode_enabled?: boolean;
    org_deploy_enabled?: boolean;
    token_rotation_enabled?: boolean;
  };
};
