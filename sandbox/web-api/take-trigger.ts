import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import type { Trigger } from '../state/pending.ts';
import { ApiError } from './api-error.ts';
import { type Args, missing } from './args.ts';

/** The trigger that a call names, still good. Whoever acts on it marks it used. */
export function takeTrigger(engine: Engine, args: Args): Trigger {
  const id = args.string('trigger_id') ?? args.string('interactivity_pointer');
  if (id === undefined) throw missing('trigger_id');
  const trigger = engine.state.triggers.get(id);
  if (!trigger) throw new ApiError('invalid_trigger_id');
  if (trigger.used) throw new ApiError('exchanged_trigger_id');
  const age = Math.max(engine.clock.now() - trigger.createdAt, engine.realNow() - trigger.createdAtReal);
  if (age > limits.triggerLifetimeMs.value) throw new ApiError('expired_trigger_id');
  return trigger;
}
