import type { WebApiError } from '../block-kit/errors.ts';

/** An answer `{ ok: false, error }`. `fields` are what else the answer carries. */
export class ApiError extends Error {
  readonly code: string;
  readonly fields: { [key: string]: unknown };

  constructor(code: string, fields: { [key: string]: unknown } = {}) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}

export function worded({ error, ok: _, ...fields }: WebApiError): ApiError {
  return new ApiError(error, fields);
}

/** What Slack answers when an argument has the wrong form. `pointer` names it, e.g. '/limit'. */
export function invalidArguments(message: string, pointer: string): ApiError {
  return new ApiError('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] ${message} [json-pointer:${pointer}]`] },
  });
}
