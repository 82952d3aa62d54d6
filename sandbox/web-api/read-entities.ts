import type { Entity } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';

const isRecord = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A work object that can be shown: what it is, where it lives, and a title. */
export function readEntity(value: unknown): Entity {
  if (!isRecord(value) || !isRecord(value.entity_payload)) throw new ApiError('invalid_metadata_format');
  const { entity_type: type, external_ref: ref, url } = value;
  const { attributes } = value.entity_payload;
  const title = isRecord(attributes) && isRecord(attributes.title) ? attributes.title.text : undefined;
  const typed = typeof type === 'string' && type.startsWith('slack#/entities/');
  if (!typed || !isRecord(ref) || typeof ref.id !== 'string' || typeof url !== 'string' || typeof title !== 'string')
    throw new ApiError('invalid_metadata_format');
  return value as Entity;
}

/** The work objects in an argument `metadata: { entities }`. */
export function readEntities(args: Args): Entity[] {
  const metadata = args.json('metadata', 'invalid_metadata_format');
  if (!isRecord(metadata) || metadata.entities === undefined) return [];
  if (!Array.isArray(metadata.entities)) throw new ApiError('invalid_metadata_format');
  return metadata.entities.map(readEntity);
}
