import type { Engine } from '../engine/engine.ts';
import type { Execution } from '../state/model.ts';
import { parametersOf } from '../workflows/parameters.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Answer, Handlers } from './method.ts';

function running(engine: Engine, args: Args): Execution {
  const execution = engine.state.executions.get(args.required('function_execution_id'));
  if (!execution) throw new ApiError('function_execution_not_found');
  if (execution.state !== 'running') throw new ApiError('execution_not_in_running_state');
  return execution;
}

function finish(engine: Engine, execution: Execution, change: Partial<Execution>): Answer {
  Object.assign(execution, change);
  engine.changed({ kind: 'execution', execution: execution.id });
  return {};
}

function completeSuccess(engine: Engine, args: Args): Answer {
  const execution = running(engine, args);
  const outputs = args.json('outputs', 'invalid_arguments');
  if (typeof outputs !== 'object' || outputs === null || Array.isArray(outputs))
    throw new ApiError('invalid_arguments');
  const given = outputs as { [name: string]: unknown };
  const declared = parametersOf(engine.state.app.manifest.functions?.[execution.callbackId]?.output_parameters);
  const problems = [
    ...declared
      .filter(({ name, is_required }) => is_required && given[name] === undefined)
      .map(({ name }) => `[ERROR] missing required output: ${name}`),
    ...Object.keys(given)
      .filter((name) => !declared.some((parameter) => parameter.name === name))
      .map((name) => `[ERROR] unknown output: ${name}`),
  ];
  if (problems.length > 0)
    throw new ApiError('parameter_validation_failed', { response_metadata: { messages: problems } });
  return finish(engine, execution, { state: 'succeeded', outputs: given });
}

export const functionMethods: Handlers = {
  'functions.completeSuccess': completeSuccess,
  'functions.completeError': (engine, args) =>
    finish(engine, running(engine, args), { state: 'failed', error: args.required('error') }),
};
