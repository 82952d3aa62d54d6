import type { App } from '@slack/bolt';
import { registerBrowsing } from './browse.ts';
import { registerCardActions } from './card-actions.ts';
import { registerCommands } from './commands.ts';
import { registerDecisions } from './decisions.ts';
import type { Deps } from './deps.ts';
import { registerFirstRun } from './first-run.ts';
import { registerGroupingPreviews } from './grouping-previews.ts';
import { registerReliability } from './reliability.ts';
import { registerReminders } from './reminders.ts';
import { registerReportForm } from './report-form.ts';
import { registerRules } from './rules.ts';
import { registerSettings } from './settings.ts';
import { registerSignals } from './signals.ts';
import { registerStillSeeing } from './still-seeing.ts';

/** Everything that Slack can ask of the bot. One listener an action: two on one would both answer. */
export function registerListeners(app: App, deps: Deps): void {
  registerBrowsing(app, deps);
  registerCardActions(app, deps);
  registerCommands(app, deps);
  registerDecisions(app, deps);
  registerFirstRun(app, deps);
  registerGroupingPreviews(app, deps);
  registerReliability(app, deps);
  registerReminders(app, deps);
  registerReportForm(app, deps);
  registerRules(app, deps);
  registerSettings(app, deps);
  registerSignals(app, deps);
  registerStillSeeing(app, deps);
}
