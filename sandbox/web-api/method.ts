import type { Engine } from '../engine/engine.ts';
import type { Args } from './args.ts';

export type Answer = { [key: string]: unknown };

/** What a call carries beside its arguments. */
export type Call = { token?: string | undefined; authorization?: string | undefined };

/** One method's work; its scopes, tier and bodies are in rules/methods.ts under the same name. */
export type Handler = (engine: Engine, args: Args, call: Call) => Answer | Promise<Answer>;

export type Handlers = { [method: string]: Handler };
