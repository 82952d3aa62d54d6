import { assumed, metadata, official, type Rules, sdk } from './rule.ts';

const modals = 'surfaces/modals';
const home = 'surfaces/app-home';
const views = 'reference/views';

/** Modals and the Home tab. */
export const viewRules = {
  viewTitle: official('Modal: title', 24, views),
  viewSubmit: official('Modal: submit', 24, views),
  viewClose: official('Modal: close', 24, views),
  privateMetadata: official('View: private_metadata', 3000, views),
  callbackId: official('View: callback_id', 255, views),
  externalId: assumed('View: external_id', 255, 'as callback_id'),
  submitWithInput: official('A modal with an input block has a submit', true, views),
  focusOnLoad: sdk('Elements with focus_on_load in a view', 1, '@slack/types 3.2 Focusable'),
  viewType: official('views.open, push, update take modals; views.publish takes home', ['modal', 'home'], views),
  viewStack: official('Views of a modal stack; one more answers push_limit_reached', 3, modals),
  viewBytes: metadata('Bytes of a view; more answers view_too_large', 250_000, 'views.open'),
  externalIdUnique: official('external_id is unique in a team, else', 'duplicate_external_id', views),
  viewHash: official(
    'views.update and views.publish with another hash than the view has now; without one the last write wins',
    'hash_conflict',
    `${modals}#handling_race_conditions`,
  ),
  viewStateKept: official('Input survives views.update while these stay the same', ['block_id', 'action_id'], modals),
  viewStateComplete: official('state.values names every input of the view, empty ones with null or []', true, views),
  submissionActions: official(
    'response_action of the ack of a submission; an empty ack closes the view',
    ['update', 'push', 'clear', 'errors'],
    `${modals}#interactions`,
  ),
  submissionErrorKeys: official(
    'Keys of errors are block_ids of input blocks of the view',
    'input',
    `${modals}#interactions`,
  ),
  viewClosedNotified: official(
    'view_closed is sent when the view says so',
    'notify_on_close',
    `${modals}#interactions`,
  ),
  viewClosedCleared: official(
    'Cancel closes one view; closing all of them names the root view with is_cleared',
    { cancel: false, closeAll: true },
    `${modals}#interactions`,
  ),
  clearOnClose: official('Cancel closes the whole stack when the view says so', 'clear_on_close', views),
  inputDispatch: official(
    'Elements in input blocks send block_actions only with',
    'dispatch_action',
    'reference/block-kit/blocks/input-block',
  ),
  dispatchTriggers: sdk(
    'What a text input can dispatch on',
    ['on_enter_pressed', 'on_character_entered'],
    '@slack/types 3.2 DispatchActionConfig',
  ),
  dispatchDefault: assumed('… and does when it does not say', 'on_enter_pressed', 'the default is not documented'),
  externalSelectMinQuery: official(
    'external_select: min_query_length that is not said',
    3,
    'reference/block-kit/block-elements/select-menu-element',
  ),
  optionsAnswer: official(
    'Options that an app answers to block_suggestion',
    100,
    'reference/block-kit/block-elements/select-menu-element',
  ),
  fileInputScope: official(
    'file_input asks for',
    'files:read',
    'reference/block-kit/block-elements/file-input-element',
  ),
  homeTabEnabled: metadata('views.publish for an app without the Home tab', 'not_enabled', 'views.publish'),
  homeOpenedTabs: official('tab of app_home_opened', ['home', 'messages'], home),
  homeOpenedView: official('app_home_opened carries a view only after one was published', true, home),
  messagesTabDisabled: official('Posting to a person when the Messages tab is off', 'messages_tab_disabled', home),
} satisfies Rules;
