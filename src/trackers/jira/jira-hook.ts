import { z } from 'zod';
import { type Hook, isSigned } from '../hook.ts';

const delivery = z.object({ issue: z.object({ key: z.string() }) });

/** https://developer.atlassian.com/cloud/jira/platform/webhooks/. One that Jira sends again only has its ticket read again. */
export const jiraHook: Hook = {
  isGenuine: (sent, secret) => isSigned(sent, 'x-hub-signature', 'sha256=', secret),
  ticketIn: (json, place) => {
    const read = delivery.safeParse(json);
    const key = read.success ? read.data.issue.key : '';
    return key.toUpperCase().startsWith(`${place.toUpperCase()}-`) ? key : null;
  },
};
