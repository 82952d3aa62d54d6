import { registerAudit } from './audit.ts';
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
import { registerRetention } from './retention.ts';
import { registerRules } from './rules.ts';
import { registerSettings } from './settings.ts';
import { registerSignals } from './signals.ts';
import { registerStillSeeing } from './still-seeing.ts';

/** Everything that Slack can ask of the bot. One listener an action: two on one would both answer. */
export function registerListeners(deps: Deps): void {
  registerAudit(deps);
  registerBrowsing(deps);
  registerCardActions(deps);
  registerCommands(deps);
  registerDecisions(deps);
  registerFirstRun(deps);
  registerGroupingPreviews(deps);
  registerReliability(deps);
  registerReminders(deps);
  registerReportForm(deps);
  registerRetention(deps);
  registerRules(deps);
  registerSettings(deps);
  registerSignals(deps);
  registerStillSeeing(deps);
}
