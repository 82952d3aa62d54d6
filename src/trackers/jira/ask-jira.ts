import { z } from 'zod';
import { cutText } from '../../domain/text/clean-text.ts';
import type { TrackerTrouble } from '../../domain/trackers/tracker.ts';
import { type AskTracker, createAskTracker, type Explain } from '../ask-tracker.ts';

const REFUSAL_LIMIT = 200;

const failure = z.object({
  errorMessages: z.array(z.string()).default([]),
  errors: z.record(z.string(), z.string()).default({}),
});

/** What stands in a token of Jira Cloud, where an API token is one of an account: its e-mail, a colon, the token. */
export function isCloudToken(token: string): boolean {
  return token.includes('@') && token.includes(':');
}

/**
 * Both Jiras at once: version 2 of the API is served by Jira Cloud and by Data Center, and takes the same wiki markup. A kit
 * for it weighs 47 MB.
 */
export function createAskJira(
  { site, token }: { site: string; token: string },
  fetch: typeof globalThis.fetch,
): AskTracker {
  const basic = `Basic ${Buffer.from(token, 'utf8').toString('base64')}`;
  return createAskTracker({
    baseUrl: `${site}/rest/api/2`,
    fetch,
    headers: { accept: 'application/json', authorization: isCloudToken(token) ? basic : `Bearer ${token}` },
    explain,
  });
}

const explain: Explain = (status, body) => {
  if (status === 401) return refused('Jira does not know this token any more. Make a new one and connect again.');
  if (status === 403)
    return refused(
      'Jira does not let this token do that. Its account has to browse, create, edit and move issues there.',
    );
  const read = failure.safeParse(body);
  const told = read.success ? [...read.data.errorMessages, ...Object.values(read.data.errors)].join(' ') : '';
  return refused(told ? `Jira refused it: ${cutText(told, REFUSAL_LIMIT)}` : `Jira refused it (${status}).`);
};

export function refused(words: string): TrackerTrouble {
  return { kind: 'refused', words };
}
