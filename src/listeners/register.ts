import { registerCommands } from './commands.ts';
import { registerBrowsing } from './defects/browse.ts';
import { registerCardActions } from './defects/card-actions.ts';
import type { Deps } from './deps.ts';
import { registerGroupingPreviews } from './grouping/previews.ts';
import { registerRules } from './grouping/rules.ts';
import { registerDeparted } from './people/departed.ts';
import { registerAudit } from './programs/audit.ts';
import { registerChannelEvents } from './programs/channel-events.ts';
import { registerFirstRun } from './programs/first-run.ts';
import { registerRetention } from './programs/retention.ts';
import { registerSettings } from './programs/settings.ts';
import { registerStillSeeing } from './proof/still-seeing.ts';
import { registerReliability } from './reliability/reliability.ts';
import { registerReminders } from './reminders/reminders.ts';
import { registerReportForm } from './reports/report-form.ts';
import { registerReportMessage } from './reports/report-message.ts';
import { registerSignals } from './signals/signals.ts';
import { registerTickets } from './trackers/tickets.ts';
import { registerTrackers } from './trackers/trackers.ts';
import { registerDecisions } from './triage/decisions.ts';
import { registerDefaults } from './triage/defaults.ts';
import { registerSeveral } from './triage/several.ts';

/** Everything that Slack can ask of the bot. One listener an action: two on one would both answer. */
export function registerListeners(deps: Deps): void {
  registerAudit(deps);
  registerBrowsing(deps);
  registerCardActions(deps);
  registerChannelEvents(deps);
  registerCommands(deps);
  registerDecisions(deps);
  registerDeparted(deps);
  registerDefaults(deps);
  registerFirstRun(deps);
  registerGroupingPreviews(deps);
  registerReliability(deps);
  registerReminders(deps);
  registerReportForm(deps);
  registerReportMessage(deps);
  registerRetention(deps);
  registerRules(deps);
  registerSettings(deps);
  registerSeveral(deps);
  registerSignals(deps);
  registerStillSeeing(deps);
  registerTickets(deps);
  registerTrackers(deps);
}
