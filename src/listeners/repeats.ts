import type { App } from '@slack/bolt';
import { actOnce } from '../usecases/act-once.ts';
import type { Deps } from './deps.ts';

/**
 * Slack sends an event again when the ack came late or got lost, under the same id: it has no second effect.
 * Clicks and forms are not sent again by Slack but by people: a form is done once as it stands, and what a click decides
 * is guarded where it is written.
 */
export function ignoreRepeats(app: App, deps: Deps): void {
  app.use(async ({ body, context, next }) => {
    if (context.isKept) return next();
    const { event_id: eventId, team_id: teamId } = body as { event_id?: unknown; team_id?: unknown };
    if (typeof eventId !== 'string' || typeof teamId !== 'string') return next();
    const delivery = { workspaceId: teamId, source: 'slack event', deliveryKey: eventId, now: deps.clock.now() };
    const isNew = await actOnce(deps.db, delivery, next);
    if (!isNew) deps.log.info({ event: eventId }, 'an event came again');
  });
}
