import type { Violation } from './violation.ts';

export interface WebApiError {
  ok: false;
  error: string;
  errors?: (string | Violation)[];
  response_metadata?: { messages: string[] };
}

function located(violation: Violation, root: string): string {
  return `${violation.message} [json-pointer:${root}${violation.pointer}]`;
}

function messageError(violations: Violation[]): string {
  const broken = (pointer: RegExp, type: string) =>
    violations.some((violation) => pointer.test(violation.pointer) && violation.constraint?.type === type);
  if (broken(/^\/attachments$/, 'max_items')) return 'too_many_attachments';
  if (broken(/^(\/attachments\/\d+)?\/blocks$/, 'type')) return 'invalid_blocks_format';
  if (violations.every((violation) => violation.constraint?.type === 'max_blocks_text')) return 'msg_blocks_too_long';
  if (violations.every((violation) => /^\/attachments(\/\d+)?$/.test(violation.pointer))) return 'invalid_attachments';
  return 'invalid_blocks';
}

/** How chat.* words what validateSurface('message', …) found; call it only when something was found. */
export function wordMessageViolations(violations: Violation[]): WebApiError {
  const error = messageError(violations);
  if (error !== 'invalid_blocks') return { ok: false, error };
  const errors = violations.map((violation) => located(violation, ''));
  return { ok: false, error, errors, response_metadata: { messages: errors.map((text) => `[ERROR] ${text}`) } };
}

/** How views.* words what validateSurface('modal' | 'home', …) found. */
export function wordViewViolations(violations: Violation[]): WebApiError {
  const messages = violations.map((violation) => `[ERROR] ${located(violation, '/view')}`);
  return { ok: false, error: 'invalid_arguments', response_metadata: { messages } };
}

/** What blocks.validate answers when something was found; `kind` is the argument that was given. */
export function wordValidateViolations(kind: 'blocks' | 'message' | 'view', violations: Violation[]): WebApiError {
  return { ok: false, error: `invalid_${kind}`, errors: violations };
}
