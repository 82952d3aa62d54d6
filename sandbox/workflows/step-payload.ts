import { newTrigger } from '../delivery/subjects.ts';
import type { Engine } from '../engine/engine.ts';

/** What an interaction carries beside its own when a workflow's step posted the message or opened the view. */
export function stepPayload(engine: Engine, executionId: string | undefined, user: string) {
  const execution = engine.state.executions.get(executionId ?? '');
  if (!execution) return {};
  const secret = engine.state.app.verificationToken;
  return {
    function_data: {
      execution_id: execution.id,
      function: { callback_id: execution.callbackId },
      inputs: execution.inputs,
    },
    bot_access_token: execution.token,
    interactivity: {
      interactor: { id: user, secret },
      interactivity_pointer: newTrigger(engine, { user }),
    },
  };
}
