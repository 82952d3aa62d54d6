/** Every action_id and callback_id there is. A listener is registered for each, and a test holds the two together. */
export const ACTIONS = {
  /** Opens the report form. */
  fileDefect: 'file_defect',
  loadSample: 'load_sample',
  setUpRituals: 'set_up_rituals',
  openSettings: 'open_settings',
  /** In the settings: the sources of signals, and what can be done with one. The value is its id. */
  openSignals: 'open_signals',
  addSignalSource: 'add_signal_source',
  openSignalSource: 'open_signal_source',
  pauseSignalSource: 'pause_signal_source',
  rotateSignalSecret: 'rotate_signal_secret',
  openSourceRules: 'open_source_rules',
  openLeftOut: 'open_left_out',
  removeSignalSource: 'remove_signal_source',
  /** In the settings: the trackers of the program. */
  openTrackers: 'open_trackers',
  /** In the settings: what is promised of each area. The value is the id of an area. */
  openReliability: 'open_reliability',
  openAreaMetrics: 'open_area_metrics',
  pickWayToAsk: 'pick_way_to_ask',
  tryAreaMetrics: 'try_area_metrics',
  /** In the report form: looks for repeats again when the title changes. */
  titleTyped: 'title_typed',
  /** In the report form: "this is it" beside a likely repeat. */
  joinRepeat: 'join_repeat',
  showDefect: 'show_defect',
  /** All reports of a defect, and pages of them; the value is the program, the defect and the offset. */
  showReports: 'show_reports',
  reportsPage: 'reports_page',
  reportsNextPage: 'reports_next_page',
  /** Pages of the rank; the value is the filter and the offset. */
  listPage: 'list_page',
  listNextPage: 'list_next_page',
  /** "Did you mean": the value is the command, or the title. */
  meantCommand: 'meant_command',
  meantReport: 'meant_report',
  /** On a defect, wherever it is shown; the value is its number. */
  accept: 'accept',
  acceptRisk: 'accept_risk',
  dismiss: 'dismiss',
  needInfo: 'need_info',
  merge: 'merge',
  split: 'split',
  /** Reports that have words in common join a defect by themselves: the form of such a rule, and what the list offers. */
  addRule: 'add_rule',
  openRules: 'open_rules',
  switchRule: 'switch_rule',
  undoRuleMove: 'undo_rule_move',
  /** In the form of a split: a report was picked or left out. */
  splitPicked: 'split_picked',
  defer: 'defer',
  claim: 'claim',
  /** Of a fix that has ended only a part: its owner says that the rest is gone too. */
  keepProving: 'keep_proving',
  /** New owner, due date or criteria for a defect that is on the burn-down list already. */
  recommit: 'recommit',
  /** The menu of a triage item; an option's value is an action id, a bar and a defect reference. */
  moreDecisions: 'more_decisions',
  /** In the form of an acceptance: shows how a fix will be judged, to be changed. */
  judgeFix: 'judge_fix',
  closeTriage: 'close_triage',
  /** In the thread of a triage; the value is the program and the triage. */
  decideSeveral: 'decide_several',
  newDates: 'new_dates',
  /** Takes back what was decided in one form; the value is the program and the batch. */
  undoSeveral: 'undo_several',
  /** Opens the thread of a triage ahead of its day; the value is the program. */
  openTriage: 'open_triage',
  answerQuestion: 'answer_question',
  assign: 'assign',
  /** In a message about somebody who left: gives all they owned to one person. */
  reassignAll: 'reassign_all',
  relabel: 'relabel',
  reopen: 'reopen',
  /** On the card: links a ticket, or makes one. */
  openTicketForm: 'open_ticket_form',
  /** In a direct message to the owner whose ticket was closed as done. */
  completeClaim: 'complete_claim',
  /** In a direct message to an owner whose account in a tracker nobody knows; the value is the program and the question. */
  nameOwnAccount: 'name_own_account',
  noAccount: 'no_account',
  undoMerge: 'undo_merge',
  /** In a direct message to an owner, or to the second person of a criterion. */
  snooze: 'snooze',
  changeDue: 'change_due',
  confirmFix: 'confirm_fix',
  /** In a direct message to somebody of another organisation who reported. */
  reportOutcome: 'report_outcome',
  /** In a direct message to somebody who reported a defect that is claimed as fixed since. */
  stillSeeing: 'still_seeing',
  notSeeing: 'not_seeing',
} as const;

/** For the leads of a program alone. */
export const LEAD_ACTIONS = {
  /** Pages of the audit; the value is the program and the offset. */
  auditPage: 'audit_page',
  auditNextPage: 'audit_next_page',
  /** In the settings: the small form of each section; the first also where a channel needs another one. The value is the program's id. */
  openProgramForm: 'open_program_form',
  openRituals: 'open_rituals',
  openCalendar: 'open_calendar',
  openPeople: 'open_people',
  openDefaults: 'open_defaults',
  openRank: 'open_rank',
  openAreas: 'open_areas',
  /** How long words, deliveries and the audit stay. */
  openRetention: 'open_retention',
  /** Beside an area; the value is its id. */
  openArea: 'open_area',
  addArea: 'add_area',
  openRetireArea: 'open_retire_area',
  /** In the settings of trackers; the value is the program's id, or the tracker's. */
  connectGithub: 'connect_github',
  connectLinear: 'connect_linear',
  connectJira: 'connect_jira',
  openTracker: 'open_tracker',
  tryTracker: 'try_tracker',
  removeTracker: 'remove_tracker',
  lookAtHistory: 'look_at_history',
  /** Who is who in the trackers; the first in a message, where the value is the program and the question. */
  nameAccount: 'name_account',
  openTrackerPeople: 'open_tracker_people',
  /** In the settings: what ends the program; then the answers of a lead who is asked whether it does. The value is the program's id. */
  openExit: 'open_exit',
  /** In the settings: which office the program is part of. */
  openOffice: 'open_office',
  endProgram: 'end_program',
  goOn: 'go_on',
  startAgain: 'start_again',
  /** Takes the sample data out. The value is the program's id. */
  removeSample: 'remove_sample',
} as const;

export const LEAD_VIEWS = {
  program: 'settings_program',
  rituals: 'settings_rituals',
  calendar: 'settings_calendar',
  people: 'settings_people',
  defaults: 'settings_defaults',
  rank: 'settings_rank',
  area: 'settings_area',
  retireArea: 'settings_retire_area',
  retention: 'retention',
  exit: 'settings_exit',
  office: 'settings_office',
  connectTracker: 'connect_tracker',
  tracker: 'tracker',
  history: 'tracker_history',
  nameAccount: 'name_account',
  trackerPeople: 'tracker_people',
} as const;

export const VIEWS = {
  nameOwnAccount: 'name_own_account',
  report: 'report',
  repeats: 'repeats',
  accept: 'accept',
  reason: 'reason',
  merge: 'merge',
  split: 'split',
  claim: 'claim',
  rule: 'rule',
  recommit: 'recommit',
  answer: 'answer',
  decideSeveral: 'decide_several',
  newDates: 'new_dates',
  signalSource: 'signal_source',
  addSignalSource: 'add_signal_source',
  rotateSignalSecret: 'rotate_signal_secret',
  sourceRules: 'source_rules',
  areaMetrics: 'area_metrics',
  assign: 'assign',
  reassign: 'reassign',
  relabel: 'relabel',
  reopen: 'reopen',
  ticket: 'ticket',
  completeClaim: 'complete_claim',
  defectCard: 'defect_card',
  defectReports: 'defect_reports',
  stillSeeing: 'still_seeing',
  snooze: 'snooze',
  changeDue: 'change_due',
} as const;

export const SHORTCUTS = { reportMessage: 'report_message', fileDefect: 'file_defect_anywhere' } as const;

/** Selects whose options the bot looks up while somebody types. */
export const OPTIONS = { defect: 'pick_defect' } as const;

export const COMMAND = '/defect';
