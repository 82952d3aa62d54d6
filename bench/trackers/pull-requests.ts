import type { GithubServer } from './github-server.ts';

export type Pull = { title: string; body?: string; branch: string; message?: string };

/** Opens a pull request with one commit and merges it, as Ana. Answers its number and the merge. */
export async function mergePull(
  github: GithubServer,
  repo: string,
  { title, body = '', branch, message = title }: Pull,
): Promise<{ number: number; sha: string }> {
  const main = await github.as('ana', 'GET', `${repo}/git/ref/heads/main`);
  const { sha } = main.object as { sha: string };
  await github.as('ana', 'POST', `${repo}/git/refs`, { ref: `refs/heads/${branch}`, sha });
  const content = Buffer.from(`${branch} ${Math.random()}`).toString('base64');
  await github.as('ana', 'PUT', `${repo}/contents/${branch.replaceAll('/', '-')}.txt`, { message, content, branch });
  const opened = await github.as('ana', 'POST', `${repo}/pulls`, { title, body, head: branch, base: 'main' });
  const number = Number(opened.number);
  const merged = await github.as('ana', 'PUT', `${repo}/pulls/${number}/merge`, {});
  return { number, sha: String(merged.sha) };
}

/** Releases what main holds, or another commit, under a tag. */
export async function release(github: GithubServer, repo: string, tag: string, sha?: string): Promise<void> {
  const main = await github.as('ana', 'GET', `${repo}/git/ref/heads/main`);
  const { sha: newest } = main.object as { sha: string };
  await github.as('ana', 'POST', `${repo}/git/refs`, { ref: `refs/tags/${tag}`, sha: sha ?? newest });
  await github.as('ana', 'POST', `${repo}/releases`, { tag_name: tag });
}
