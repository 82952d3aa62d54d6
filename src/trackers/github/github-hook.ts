import { z } from 'zod';

const delivery = z.object({
  issue: z.object({ number: z.number().int().positive(), pull_request: z.unknown().optional() }),
  repository: z.object({ full_name: z.string() }),
});

/** The issue of a repository that a webhook of GitHub is about. */
export function githubTicketIn(json: Record<string, unknown>, place: string): string | null {
  const read = delivery.safeParse(json);
  if (!read.success || read.data.issue.pull_request) return null;
  const isHere = read.data.repository.full_name.toLowerCase() === place.toLowerCase();
  return isHere ? String(read.data.issue.number) : null;
}
