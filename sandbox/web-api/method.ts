import type { Engine } from '../engine.ts';
import type { Args } from './args.ts';

export type Answer = { [key: string]: unknown };

/** One method's work; its scopes, tier and bodies are in rules/methods.ts under the same name. */
export type Handler = (engine: Engine, args: Args) => Answer | Promise<Answer>;

export type Handlers = { [method: string]: Handler };
