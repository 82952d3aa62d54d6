import { TRANSITIONS, type TransitionKind } from '../../../src/domain/defects/lifecycle.ts';

export const TRANSITION_KINDS = Object.keys(TRANSITIONS) as TransitionKind[];
