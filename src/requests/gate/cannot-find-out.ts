import { GATE_WORDS } from '../../blocks/people/gate-words.ts';
import { Refusal } from '../../domain/errors/refusal.ts';

/** Slack does not say right now what somebody may do. What was acked before is tried again later; the rest is refused. */
export class CannotFindOut extends Refusal {
  constructor(field?: string) {
    super(GATE_WORDS.unknown, field);
    this.name = 'CannotFindOut';
  }
}
