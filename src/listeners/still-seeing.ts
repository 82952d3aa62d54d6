import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { ACTIONS } from '../blocks/ids.ts';
import { answerStillSeeing } from '../usecases/answer-still-seeing.ts';
import { act, saysNothing } from './act.ts';
import { defectOf } from './defect-forms.ts';
import type { Deps } from './deps.ts';
import { tellAlone } from './slack-context.ts';

const SAID = { [ACTIONS.stillSeeing]: 'yes', [ACTIONS.notSeeing]: 'no' } as const;

/** The two buttons that ask a reporter whether a claimed fix holds for them. */
export function registerStillSeeing(app: App, deps: Deps): void {
  for (const actionId of [ACTIONS.stillSeeing, ACTIONS.notSeeing] as const) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, context, action, client }) => {
      const alone = tellAlone(client, body.user.id, body.channel?.id);
      await act(
        deps,
        { ack, body, context },
        alone,
        async (db) => {
          const { program, number } = await defectOf({ ...deps, db }, body, action.value);
          await answerStillSeeing(db, program, number, SAID[actionId], { by: body.user.id, now: deps.clock.now() });
        },
        saysNothing,
      );
    });
  }
}
