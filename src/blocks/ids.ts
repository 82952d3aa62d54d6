/** Every action_id and callback_id there is. A listener is registered for each, and a test holds the two together. */
export const ACTIONS = {
  /** Opens the report form. */
  fileDefect: 'file_defect',
  loadSample: 'load_sample',
  setUpRituals: 'set_up_rituals',
  /** In the report form: looks for repeats again when the title changes. */
  titleTyped: 'title_typed',
  /** In the report form: "this is it" beside a likely repeat. */
  joinRepeat: 'join_repeat',
  showDefect: 'show_defect',
  /** On a defect, wherever it is shown; the value is its number. */
  accept: 'accept',
  acceptRisk: 'accept_risk',
  dismiss: 'dismiss',
  needInfo: 'need_info',
  merge: 'merge',
  split: 'split',
  defer: 'defer',
  claim: 'claim',
} as const;

export const VIEWS = {
  report: 'report',
  repeats: 'repeats',
  accept: 'accept',
  reason: 'reason',
  merge: 'merge',
  split: 'split',
  claim: 'claim',
  rituals: 'rituals',
} as const;

export const SHORTCUTS = { reportMessage: 'report_message', fileDefect: 'file_defect_anywhere' } as const;

/** Selects whose options the bot looks up while somebody types. */
export const OPTIONS = { defect: 'pick_defect' } as const;

export const COMMAND = '/defect';
