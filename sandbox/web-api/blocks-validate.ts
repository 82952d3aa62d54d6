import { wordValidateViolations } from '../block-kit/errors.ts';
import { validateSurface } from '../block-kit/validate.ts';
import { limits } from '../rules/limits.ts';
import { ApiError, invalidArguments, worded } from './api-error.ts';
import type { Args } from './args.ts';
import type { Answer, Handlers } from './method.ts';

const KINDS = limits.validateArguments.value;

function validate(_engine: unknown, args: Args): Answer {
  const given = KINDS.filter((kind) => args.has(kind));
  const [kind] = given;
  if (given.length !== 1 || !kind) throw invalidArguments(`exactly one of ${KINDS.join(', ')} is needed`, '');
  const raw = args.raw[kind];
  const text = typeof raw === 'string' ? raw : JSON.stringify(raw);
  if (text.length > limits.validateCharacters.value) throw invalidArguments('is too long', `/${kind}`);
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    throw invalidArguments('must be JSON', `/${kind}`);
  }
  const isHome = kind === 'view' && (payload as { type?: unknown } | null)?.type === 'home';
  const surface = kind === 'view' ? (isHome ? 'home' : 'modal') : 'message';
  const violations = validateSurface(surface, payload);
  if (violations.length > 0) {
    const answer = wordValidateViolations(kind, violations);
    throw answer.error ? worded(answer) : new ApiError('invalid_arguments');
  }
  return {};
}

export const validateMethods: Handlers = { 'blocks.validate': validate };
