import type { Violation } from './violation.ts';

export interface WebApiError {
  ok: false;
  error: string;
  errors?: (string | Violation)[];
  response_metadata?: { messages: string[] };
}

const noSchema = 'failed to match all allowed schemas';

function located(message: string, pointer: string): string {
  return `${message} [json-pointer:${pointer}]`;
}

/** Of a text object that allows two formats Slack says first that neither schema fits. */
function words({ message, pointer, constraint }: Violation): string[] {
  const text = pointer.match(/^(.*\/(?:text|fields\/\d+))\/text$/)?.[1];
  const lengthy = constraint?.type === 'max_length' || constraint?.type === 'min_length';
  return text !== undefined && lengthy
    ? [located(noSchema, text), located(message, pointer)]
    : [located(message, pointer)];
}

function messageError(violations: Violation[]): string {
  const all = (fits: (violation: Violation) => boolean) => violations.every(fits);
  const some = (fits: (violation: Violation) => boolean) => violations.some(fits);
  if (some(({ pointer, constraint }) => pointer === '/attachments' && constraint?.type === 'max_items')) {
    return 'too_many_attachments';
  }
  if (some(({ pointer, code }) => /^(\/attachments\/\d+)?\/blocks$/.test(pointer) && code === 'invalid_type')) {
    return 'invalid_blocks_format';
  }
  if (all(({ constraint }) => constraint?.type === 'max_blocks_text')) return 'msg_blocks_too_long';
  if (all(({ pointer }) => /^\/attachments(\/\d+)?$/.test(pointer))) return 'invalid_attachments';
  return 'invalid_blocks';
}

/** How chat.* answers a message that breaks rules; there must be at least one violation. */
export function wordMessageViolations(violations: Violation[]): WebApiError {
  const error = messageError(violations);
  if (error !== 'invalid_blocks') return { ok: false, error };
  const errors = violations.flatMap(words);
  return { ok: false, error, errors, response_metadata: { messages: errors.map((text) => `[ERROR] ${text}`) } };
}

/** How views.* answers a view that breaks rules. */
export function wordViewViolations(violations: Violation[]): WebApiError {
  const found = violations.map(({ message, pointer }) => located(message, `/view${pointer}`));
  const messages = [located(noSchema, '/view'), ...found].map((text) => `[ERROR] ${text}`);
  return { ok: false, error: 'invalid_arguments', response_metadata: { messages } };
}

/** How blocks.validate answers; `kind` is the argument that it was given. */
export function wordValidateViolations(kind: 'blocks' | 'message' | 'view', violations: Violation[]): WebApiError {
  return { ok: false, error: `invalid_${kind}`, errors: violations };
}
