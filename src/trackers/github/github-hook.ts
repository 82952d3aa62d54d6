import { z } from 'zod';
import { type Hook, isSigned } from '../hook.ts';

const delivery = z.object({
  issue: z.object({ number: z.number().int().positive(), pull_request: z.unknown().optional() }),
  repository: z.object({ full_name: z.string() }),
});

/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
export const githubHook: Hook = {
  isGenuine: (sent, secret) => isSigned(sent, 'x-hub-signature-256', 'sha256=', secret),
  ticketIn: (json, place) => {
    const read = delivery.safeParse(json);
    if (!read.success || read.data.issue.pull_request) return null;
    const isHere = read.data.repository.full_name.toLowerCase() === place.toLowerCase();
    return isHere ? String(read.data.issue.number) : null;
  },
};
