import type { Engine } from '../engine/engine.ts';
import type { ScheduledMessage } from '../state/pending.ts';

/** Posts a scheduled message when the sandbox clock reaches it, unless it was deleted or the workspace replaced. */
export function armScheduled(
  engine: Engine,
  scheduled: ScheduledMessage,
  post: (args: { [key: string]: unknown }) => void,
): void {
  engine.clock.after(scheduled.postAt - engine.clock.now(), () => {
    if (engine.state.scheduled.get(scheduled.id) !== scheduled) return;
    engine.state.scheduled.delete(scheduled.id);
    const problem = (detail: string) =>
      engine.audit.brokenRules.add({ rule: 'scheduled_message_lost', detail, at: engine.clock.now() });
    if (scheduled.args.metadata !== undefined)
      return problem(`${scheduled.id} has metadata, and Slack never posts such a one`);
    try {
      post(scheduled.args);
    } catch (error) {
      problem(`${scheduled.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}
