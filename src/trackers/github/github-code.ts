import { z } from 'zod';
import type { CodeHost, PullRequest, Shipment } from '../../domain/fixes/code-host.ts';
import { coAuthorsIn } from '../../domain/fixes/maker.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import type { TrackerAnswer } from '../../domain/trackers/tracker.ts';
import type { AskTracker } from '../ask-tracker.ts';
import { reading, readingAll } from '../reading.ts';

const PAGE = 100;
const MOST_PAGES = 50;
const TITLE_LIMIT = 256;
const NAME_LIMIT = 100;
const WHOLE_SHA = 40;
/** As git shortens them. */
const SHORTEST_SHA = 7;

const at = z.iso.datetime({ offset: true });
const account = z.object({ login: z.string(), type: z.string().nullish() });

const pull = z.object({
  number: z.number().int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  html_url: z.url(),
  user: account.nullish(),
  head: z.object({ ref: z.string() }),
  base: z.object({ ref: z.string() }),
  merged_at: at.nullish(),
  merge_commit_sha: z.string().nullish(),
  updated_at: at,
});
const commit = z.object({ commit: z.object({ message: z.string() }), author: account.partial().nullish() });
const release = z.object({
  id: z.number(),
  tag_name: z.string(),
  target_commitish: z.string().nullish(),
  html_url: z.url(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  published_at: at.nullish(),
});
const deployment = z.object({
  id: z.number(),
  sha: z.string(),
  ref: z.string(),
  environment: z.string(),
  production_environment: z.boolean().nullish(),
  created_at: at,
});
const status = z.object({ state: z.string(), created_at: at, target_url: z.string().nullish() });
const comparison = z.object({ status: z.enum(['ahead', 'identical', 'behind', 'diverged']) });

/** What a repository holds beside its issues: https://docs.github.com/en/rest/pulls, /releases, /deployments. */
export function createGithubCode(ask: AskTracker, repo: string): CodeHost {
  const get = (path: string) => ask({ method: 'GET', path: `${repo}${path}` });
  return {
    listMerged: async (since) => {
      const merged: PullRequest[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const query = `state=closed&sort=updated&direction=desc&per_page=${PAGE}&page=${page}`;
        const found = readingAll(await get(`/pulls?${query}`), pull);
        if ('trouble' in found) return found;
        const recent = found.ok.filter((given) => new Date(given.updated_at) >= since);
        merged.push(...recent.flatMap(toPull));
        if (recent.length < PAGE) break;
      }
      return { ok: merged };
    },
    listCoAuthors: async (number) => {
      const query = `per_page=${PAGE}`;
      return read(readingAll(await get(`/pulls/${number}/commits?${query}`), commit), (commits) => [
        ...new Set([
          ...commits.flatMap(({ author }) => author?.login ?? []),
          ...coAuthorsIn(commits.map((one) => one.commit.message)),
        ]),
      ]);
    },
    listShipments: async (since) => {
      const released = readingAll(await get(`/releases?per_page=${PAGE}`), release);
      if ('trouble' in released) return released;
      const deployed = await listDeployed(get, since);
      if ('trouble' in deployed) return deployed;
      const all = [...released.ok.flatMap(toShipment), ...deployed.ok].filter((one) => one.at >= since);
      return { ok: all.sort((a, b) => a.at.getTime() - b.at.getTime()) };
    },
    findCommit: async ({ version, commit: told }) => {
      const named = told === null ? tagsCalled(version) : isSha(told, SHORTEST_SHA) ? [told] : [];
      for (const ref of [...named, ...(isSha(version, WHOLE_SHA) ? [version] : [])]) {
        // As below, the files are not asked for.
        const answer = await get(`/commits/${encodeURIComponent(ref)}?per_page=1&page=2`);
        if (isUnknown(answer)) continue;
        return reading(answer, z.object({ sha: z.string() }), ({ sha }) => sha);
      }
      return { ok: null };
    },
    contains: async ({ ref }, sha) => {
      // The files that differ are told on the first page only, and may be many.
      const path = `/compare/${encodeURIComponent(sha)}...${encodeURIComponent(ref)}?per_page=1&page=2`;
      const answer = await get(path);
      if (isUnknown(answer)) return { ok: null };
      return reading(answer, comparison, (given) => given.status === 'ahead' || given.status === 'identical');
    },
  };
}

/** A tag of the version's name, or with a v before a number, as tags of versions are called (https://semver.org, FAQ). */
function tagsCalled(version: string): string[] {
  return [`tags/${version}`, ...(/^\d/.test(version) ? [`tags/v${version}`] : [])];
}

function isSha(text: string, shortest: number): boolean {
  return text.length >= shortest && /^[0-9a-f]{1,40}$/i.test(text);
}

/** There is no such thing, or none that the token may read. GitHub refuses the name of a commit that there is not. */
function isUnknown(answer: TrackerAnswer<unknown>): boolean {
  return 'trouble' in answer && (answer.trouble.kind === 'missing' || answer.trouble.kind === 'refused');
}

/** Deployments to production that succeeded, each at the first moment at which it had. */
async function listDeployed(
  get: (path: string) => Promise<TrackerAnswer<unknown>>,
  since: Date,
): Promise<TrackerAnswer<Shipment[]>> {
  const found = readingAll(await get(`/deployments?per_page=${PAGE}`), deployment);
  // Whoever deploys otherwise need not let the token read them.
  if (isUnknown(found)) return { ok: [] };
  if ('trouble' in found) return found;
  const shipments: Shipment[] = [];
  for (const given of found.ok.filter((one) => isProduction(one) && new Date(one.created_at) >= since)) {
    const statuses = readingAll(await get(`/deployments/${given.id}/statuses?per_page=${PAGE}`), status);
    if ('trouble' in statuses) return statuses;
    const [first] = statuses.ok
      .filter(({ state }) => state === 'success')
      .sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
    if (!first) continue;
    shipments.push({
      id: `deployment-${given.id}`,
      name: `the deployment to ${cleanLine(given.environment, NAME_LIMIT)}`,
      url: first.target_url && URL.canParse(first.target_url) ? first.target_url : null,
      ref: given.sha,
      branch: given.ref === given.sha ? null : given.ref,
      at: new Date(first.created_at),
    });
  }
  return { ok: shipments };
}

function isProduction({ environment, production_environment: told }: z.infer<typeof deployment>): boolean {
  return told === true || /^prod(uction)?$/i.test(environment.trim());
}

function toPull(given: z.infer<typeof pull>): PullRequest[] {
  const { merged_at: mergedAt, merge_commit_sha: mergeSha } = given;
  if (!mergedAt || !mergeSha) return [];
  const { login = 'ghost', type } = given.user ?? {};
  return [
    {
      number: given.number,
      title: cleanLine(given.title, TITLE_LIMIT),
      body: given.body ?? '',
      url: given.html_url,
      branch: given.head.ref,
      base: given.base.ref,
      author: { login, isBot: type === 'Bot' },
      mergedAt: new Date(mergedAt),
      mergeSha,
      changedAt: new Date(given.updated_at),
    },
  ];
}

/** A pre-release is not for users. */
function toShipment(given: z.infer<typeof release>): Shipment[] {
  if (given.draft || given.prerelease || !given.published_at) return [];
  return [
    {
      id: `release-${given.id}`,
      name: cleanLine(given.tag_name, NAME_LIMIT),
      url: given.html_url,
      ref: given.tag_name,
      branch: given.target_commitish ?? null,
      at: new Date(given.published_at),
    },
  ];
}

function read<A, B>(answer: TrackerAnswer<A>, make: (given: A) => B): TrackerAnswer<B> {
  return 'trouble' in answer ? answer : { ok: make(answer.ok) };
}
