import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import type { Execution } from '../state/model.ts';
import { parametersOf } from './parameters.ts';

/** Runs a function of the manifest as a workflow would: the app is told, and has a token for this one step. */
export function runStep(
  engine: Engine,
  user: string,
  callbackId: string,
  inputs: { [name: string]: unknown },
): Execution {
  const { app, team } = engine.state;
  const functions = engine.vault.isInstalled(team.id) ? (app.manifest.functions ?? {}) : {};
  const declared = Object.hasOwn(functions, callbackId) ? functions[callbackId] : undefined;
  if (!declared)
    throw new Error(`"${callbackId}" is no step here; there are: ${Object.keys(functions).join(', ') || 'none'}`);
  const parameters = parametersOf(declared.input_parameters);
  const missing = parameters.filter(({ name, is_required }) => is_required && (inputs[name] ?? '') === '');
  if (missing.length > 0) throw new Error(`the step needs ${missing.map(({ name }) => name).join(', ')}`);
  const unknown = Object.keys(inputs).filter((name) => !parameters.some((parameter) => parameter.name === name));
  if (unknown.length > 0) throw new Error(`the step takes no ${unknown.join(', ')}`);

  const token = `${limits.stepToken.value}${engine.ids.secret(40)}`;
  const execution: Execution = { id: engine.ids.id('Fx'), callbackId, inputs, user, token, state: 'running' };
  engine.state.executions.set(execution.id, execution);
  const expiresAt = engine.clock.now() + limits.stepTokenLifetimeMs.value;
  engine.vault.issue(token, { team: team.id, user, scopes: app.scopes, execution: execution.id, expiresAt });
  engine.changed({ kind: 'execution', execution: execution.id });
  const seconds = Math.floor(engine.clock.now() / 1000);
  emitEvent(engine, 'function_executed', {
    type: 'function_executed',
    function: {
      id: `Fn${app.id.slice(1)}`,
      callback_id: callbackId,
      title: declared.title ?? callbackId,
      description: declared.description ?? '',
      type: 'app',
      input_parameters: parameters,
      output_parameters: parametersOf(declared.output_parameters),
      app_id: app.id,
      date_created: seconds,
      date_updated: seconds,
      date_deleted: 0,
    },
    inputs,
    function_execution_id: execution.id,
    workflow_execution_id: engine.ids.id('Wx'),
    event_ts: engine.state.nextTs(engine.clock.now()),
    bot_access_token: token,
  });
  return execution;
}
