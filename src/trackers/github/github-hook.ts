import { z } from 'zod';
import { type Hook, isSigned } from '../hook.ts';

const delivery = z.object({
  issue: z.object({ number: z.number().int().positive(), pull_request: z.unknown().optional() }),
  repository: z.object({ full_name: z.string() }),
});

const codeDelivery = z.object({
  action: z.string().nullish(),
  repository: z.object({ full_name: z.string() }),
  pull_request: z.object({ merged: z.boolean().nullish() }).nullish(),
  deployment_status: z.object({ state: z.string() }).nullish(),
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
  tellsOfCode: ({ 'x-github-event': event }, json, place) => {
    const read = codeDelivery.safeParse(json);
    if (!read.success || read.data.repository.full_name.toLowerCase() !== place.toLowerCase()) return false;
    const { action, pull_request: pull, deployment_status: status } = read.data;
    switch (event) {
      case 'pull_request':
        // The text of one that is merged may be given its keyword later.
        return pull?.merged === true && (action === 'closed' || action === 'edited');
      case 'release':
        return action === 'published' || action === 'released';
      case 'deployment_status':
        return status?.state === 'success';
      default:
        return false;
    }
  },
};
