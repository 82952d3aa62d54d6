import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { ACTIONS } from '../blocks/ids.ts';
import { answerStillSeeing } from '../usecases/answer-still-seeing.ts';
import { answer } from './answer.ts';
import { defectOf } from './defect-forms.ts';
import type { Deps } from './deps.ts';
import { tellAlone } from './slack-context.ts';

const SAID = { [ACTIONS.stillSeeing]: 'yes', [ACTIONS.notSeeing]: 'no' } as const;

/** The two buttons that ask a reporter whether a claimed fix holds for them. */
export function registerStillSeeing(app: App, deps: Deps): void {
  for (const actionId of [ACTIONS.stillSeeing, ACTIONS.notSeeing] as const) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, action, client }) => {
      await ack();
      await answer(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
        const { program, number } = await defectOf(deps, body, action.value);
        const doing = { by: body.user.id, now: deps.clock.now() };
        await answerStillSeeing(deps.db, program, number, SAID[actionId], doing);
      });
    });
  }
}
