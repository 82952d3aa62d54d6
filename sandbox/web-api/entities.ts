import type { Engine } from '../engine/engine.ts';
import type { EntityDetails } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Answer, Handlers } from './method.ts';
import { readEntity } from './read-entities.ts';
import { takeTrigger } from './take-trigger.ts';

function presentDetails(engine: Engine, args: Args): Answer {
  const trigger = takeTrigger(engine, args);
  if (trigger.entity === undefined) throw new ApiError('invalid_trigger_id');
  const authUrl = args.string('user_auth_url');
  if (args.boolean('user_auth_required') && authUrl === undefined) throw new ApiError('user_auth_url_missing');
  const given = args.json('metadata', 'invalid_metadata');
  const error = args.json('error', 'invalid_arguments') as EntityDetails['error'];
  if (given === undefined && error === undefined && authUrl === undefined) throw new ApiError('invalid_metadata');
  const entity = given === undefined ? undefined : readEntity(given);
  if (entity && entity.external_ref?.id !== trigger.entity)
    throw new ApiError('entity_metadata_does_not_match_trigger');
  trigger.used = true;
  engine.state.details.set(trigger.user, {
    ...(entity ? { entity } : {}),
    ...(error ? { error } : {}),
    ...(authUrl === undefined ? {} : { authUrl }),
  });
  engine.changed({ kind: 'entity', user: trigger.user });
  return {};
}

export const entityMethods: Handlers = { 'entity.presentDetails': presentDetails };
