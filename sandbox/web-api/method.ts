import type { Engine } from '../engine.ts';
import type { Tier } from '../rate-limiter.ts';
import type { Args } from './args.ts';

export type Answer = { [key: string]: unknown };

export type Method = {
  /** The token needs any one of these; none when empty. */
  scopes: string[];
  tier: Tier;
  /** Whether a JSON body is read: the other methods see no arguments in one. */
  json: boolean;
  token: 'bot' | 'app' | 'none';
  handle(engine: Engine, args: Args): Answer | Promise<Answer>;
};

export type Methods = { [name: string]: Method };

type Details = Partial<Pick<Method, 'tier' | 'json' | 'token'>> & { scopes?: string | string[] };

/** Tier 3, JSON accepted, bot token: what most methods are. */
export function method(details: Details, handle: Method['handle']): Method {
  const { scopes = [], tier = 3, json = true, token = 'bot' } = details;
  return { scopes: typeof scopes === 'string' ? [scopes] : scopes, tier, json, token, handle };
}
