import { checkMessage } from './message.ts';
import { checkView } from './view.ts';
import type { Report, Surface, Violation } from './violation.ts';

/**
 * Every rule that the payload breaks; none when Slack would take it. A message is `{ text?, blocks?, attachments? }`
 * or an array of blocks; a modal or Home tab is the whole view, and pointers start at the payload.
 */
export function validateSurface(surface: Surface, payload: unknown): Violation[] {
  const report: Report = { surface, violations: [] };
  if (surface === 'message') checkMessage(payload, report);
  else checkView(surface, payload, report);
  return report.violations;
}
