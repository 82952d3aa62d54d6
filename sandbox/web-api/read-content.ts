import { wordMessageViolations } from '../block-kit/errors.ts';
import { validateSurface } from '../block-kit/validate.ts';
import type { Block } from '../blocks/block.ts';
import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import type { Entity, Metadata } from '../state/model.ts';
import { ApiError, worded } from './api-error.ts';
import type { Args } from './args.ts';
import { refusedBlocks, requireVideoScope } from './block-permissions.ts';
import { readEntities } from './read-entities.ts';

export type Content = {
  text: string;
  blocks?: Block[];
  attachments?: { [key: string]: unknown }[];
  metadata?: Metadata;
  entities?: Entity[];
  /** `metadata: {}` was sent: chat.update takes it off. */
  dropsMetadata: boolean;
  textless: boolean;
  hasText: boolean;
};

export function readMetadata(args: Args): { metadata?: Metadata; entities?: Entity[]; dropsMetadata: boolean } {
  const value = args.json('metadata', 'invalid_metadata_format');
  if (value === undefined) return { dropsMetadata: false };
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ApiError('invalid_metadata_format');
  const { entities: _, ...metadata } = value as Partial<Metadata> & { entities?: unknown };
  const entities = readEntities(args);
  if (entities.length > 0 && Object.keys(metadata).length === 0) return { entities, dropsMetadata: false };
  if (Object.keys(metadata).length === 0) return { dropsMetadata: true };
  if (typeof metadata.event_type !== 'string' || typeof metadata.event_payload !== 'object' || !metadata.event_payload)
    throw new ApiError('invalid_metadata_format');
  if (JSON.stringify(metadata).length > limits.metadataBytes.value) throw new ApiError('metadata_too_large');
  return { metadata: metadata as Metadata, dropsMetadata: false, ...(entities.length > 0 ? { entities } : {}) };
}

/** The checked content of a message; throws what chat.* answer for content that Slack refuses. */
export function readContent(engine: Engine, args: Args): Content {
  const blocks = args.json('blocks', 'invalid_blocks_format') as Block[] | undefined;
  const attachments = args.json('attachments', 'invalid_attachments') as Content['attachments'];
  const markdown = args.string('markdown_text');
  const hasText = args.text('text') !== undefined;
  const text = args.text('text') ?? '';
  if (markdown !== undefined) {
    if (hasText || blocks) throw new ApiError('markdown_text_conflict');
    if (markdown.length > limits.markdownTextMax.value) throw new ApiError('msg_too_long');
    return {
      ...readMetadata(args),
      text: markdown,
      blocks: [{ type: 'markdown', text: markdown as never }],
      textless: false,
      hasText: true,
    };
  }
  const violations = validateSurface('message', { text, blocks, attachments });
  if (violations.length > 0) {
    const answer = worded(wordMessageViolations(violations));
    for (const { message, pointer } of violations)
      engine.audit.brokenRules.add({ rule: answer.code, detail: `${message} at ${pointer}`, at: engine.clock.now() });
    engine.changed({ kind: 'broken_rule' });
    throw answer;
  }
  const refused = refusedBlocks(engine, blocks, '/blocks');
  if (refused.length > 0) throw worded(wordMessageViolations(refused));
  requireVideoScope(engine, blocks);
  const empty = (list: unknown[] | undefined) => !list || list.length === 0;
  const about = readMetadata(args);
  if (text.trim() === '' && empty(blocks) && empty(attachments) && !about.entities) throw new ApiError('no_text');
  return {
    ...about,
    text,
    blocks: empty(blocks) ? undefined : blocks,
    attachments: empty(attachments) ? undefined : attachments,
    textless: !empty(blocks) && text.trim() === '',
    hasText,
  };
}
