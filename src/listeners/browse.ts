import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { z } from 'zod';
import { defectModal } from '../blocks/defect-card.ts';
import { parseDefectRef } from '../blocks/defect-ref.ts';
import { ACTIONS } from '../blocks/ids.ts';
import type { ListFilter } from '../domain/command.ts';
import { programNamed, programOf } from '../usecases/find-program.ts';
import { listRank } from '../usecases/list-rank.ts';
import { readHome } from '../usecases/read-board.ts';
import { showDefect } from '../usecases/show-defect.ts';
import { answer } from './answer.ts';
import type { Deps } from './deps.ts';
import { refreshPerson } from './people.ts';
import { teamOf, tellAlone } from './slack-context.ts';

const pageValue = z.object({
  programId: z.number(),
  offset: z.number().int().min(0).max(1_000_000),
  filter: z.union([
    z.enum(['top', 'mine', 'overdue', 'unowned', 'proving']),
    z.object({ areaNamed: z.string().max(200) }),
  ]) satisfies z.ZodType<ListFilter>,
});

export function registerBrowsing(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ACTIONS.showDefect, async ({ ack, body, action, client }) => {
    await ack();
    await answer(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
      const ref = parseDefectRef(action.value ?? '');
      if (!ref) return;
      const program =
        ref.programId === undefined
          ? await programOf(deps.db, teamOf(body), body.channel?.id)
          : await programNamed(deps.db, teamOf(body), ref.programId);
      const card = await showDefect(deps.db, program, ref.number, deps.clock.now());
      const view = defectModal(ref.number, card);
      if (body.view?.type === 'modal') await client.views.push({ trigger_id: body.trigger_id, view });
      else await client.views.open({ trigger_id: body.trigger_id, view });
    });
  });

  for (const actionId of [ACTIONS.listPage, ACTIONS.listNextPage]) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, action, client, respond }) => {
      await ack();
      await answer(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
        const { programId, filter, offset } = pageValue.parse(JSON.parse(action.value ?? ''));
        const program = await programNamed(deps.db, teamOf(body), programId);
        const page = await listRank(deps.db, program, filter, offset, { by: body.user.id, now: deps.clock.now() });
        await respond({ response_type: 'ephemeral', replace_original: true, ...page });
      });
    });
  }

  app.event('app_home_opened', async ({ event, body, client }) => {
    if (event.tab !== 'home') return;
    const workspaceId = teamOf(body);
    await refreshPerson(deps, client, workspaceId, event.user);
    const view = await readHome(deps.db, workspaceId, { by: event.user, now: deps.clock.now() });
    await client.views.publish({ user_id: event.user, view });
  });
}
