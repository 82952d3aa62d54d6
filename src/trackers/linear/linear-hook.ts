import { z } from 'zod';
import { type Hook, isSigned } from '../hook.ts';

const issue = z.object({ type: z.literal('Issue'), data: z.object({ identifier: z.string() }) });
const onIssue = z.object({
  type: z.literal('Comment'),
  data: z.object({ issue: z.object({ identifier: z.string() }) }),
});

/**
 * https://linear.app/developers/webhooks. The time that stands in a delivery is not looked at: one that is sent again only
 * has its ticket read again.
 */
export const linearHook: Hook = {
  isGenuine: (sent, secret) => isSigned(sent, 'linear-signature', '', secret),
  ticketIn: (json, place) => {
    const about = issue.safeParse(json);
    const beside = about.success ? null : onIssue.safeParse(json);
    const identifier = about.success ? about.data.data.identifier : beside?.data?.data.issue.identifier;
    return identifier?.toLowerCase().startsWith(`${place.toLowerCase()}-`) ? identifier : null;
  },
};
