import { z } from 'zod';
import type { TrackerAnswer, TrackerTrouble } from '../../domain/trackers/tracker.ts';
import { createAskTracker, type Explain, retryAfter, waitUntil } from '../ask-tracker.ts';
import { reading } from '../reading.ts';

const failures = z.object({
  errors: z.array(
    z.object({
      message: z.string(),
      extensions: z.object({ code: z.string().nullish(), userPresentableMessage: z.string().nullish() }).nullish(),
    }),
  ),
});
const answered = z.object({ data: z.unknown() });

export type AskLinear = <S extends z.ZodType, T>(
  document: string,
  variables: Record<string, unknown>,
  schema: S,
  make: (given: z.infer<S>) => T,
) => Promise<TrackerAnswer<T>>;

/**
 * Linear speaks GraphQL, over one address. Its own kit brings 8 MB for a dozen documents, and asks in each for fields that
 * nobody reads here.
 */
export function createAskLinear(token: string, out: { fetch: typeof fetch; apiUrl: string }): AskLinear {
  const ask = createAskTracker({
    baseUrl: out.apiUrl,
    fetch: out.fetch,
    // A personal key stands alone, a token that OAuth gave behind Bearer.
    headers: { authorization: token.startsWith('lin_api_') ? token : `Bearer ${token}` },
    explain,
  });
  return async (document, variables, schema, make) => {
    const isRead = document.startsWith('query');
    const answer = await ask({ method: 'POST', path: '/graphql', body: { query: document, variables }, isRead });
    if ('trouble' in answer) return answer;
    // What went wrong may come as an answer, too.
    if (failures.safeParse(answer.ok).success) return { trouble: explain(200, answer.ok, new Headers()) };
    const read = answered.safeParse(answer.ok);
    return reading({ ok: read.success ? read.data.data : null }, schema, make);
  };
}

/** https://linear.app/developers/rate-limiting: a limit is a 400 with a code, and its reset an instant in milliseconds. */
const explain: Explain = (status, body, headers) => {
  const read = failures.safeParse(body);
  const [failure] = read.success ? read.data.errors : [];
  const code = failure?.extensions?.code ?? '';
  if (code === 'RATELIMITED') return { kind: 'limited', afterMs: waitOf(headers) };
  if (status === 401 || code === 'AUTHENTICATION_ERROR')
    return refused('Linear does not know this key any more. Make a new one and connect again.');
  if (status === 403 || code === 'FORBIDDEN')
    return refused('Linear does not let this key do that. It needs to read and write the issues of the team.');
  const told = failure?.extensions?.userPresentableMessage ?? failure?.message ?? '';
  if (/not found|could not find/i.test(`${told} ${failure?.message ?? ''}`)) return { kind: 'missing' };
  return refused(`Linear refused it (${code || status}).`);
};

const BUDGETS = ['requests', 'complexity', 'endpoint-requests'];

function waitOf(headers: Headers): number | null {
  const told = retryAfter(headers);
  if (told !== null) return told;
  const spent = BUDGETS.filter((budget) => headers.get(`x-ratelimit-${budget}-remaining`) === '0');
  const waits = spent.map((budget) => waitUntil(Number(headers.get(`x-ratelimit-${budget}-reset`)), headers) ?? 0);
  return waits.length > 0 ? Math.max(...waits) : null;
}

function refused(words: string): TrackerTrouble {
  return { kind: 'refused', words };
}
