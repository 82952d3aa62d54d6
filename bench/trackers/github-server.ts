import { createEmulator } from 'emulate';
import { freePort } from '../kit/free-port.ts';

/** What a person does on GitHub, beside the bot. */
export type GithubServer = {
  url: string;
  /** Sends a request as somebody; answers what GitHub answers. */
  as: (login: Login, method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;
  comments: (issue: number) => Promise<string[]>;
  close: () => Promise<void>;
};

export type Login = 'ana' | 'burndown-bot';
export const tokenOf = (login: Login) => `token_of_${login}`;
/** Another one of the bot's: every token may ask five thousand times an hour, as on GitHub. */
export const tokenFor = (repository: string) => `token_of_burndown-bot_for_${repository}`;

/** A GitHub of its own with repositories of Ana's, `ana/api` unless given, that both accounts may write in. */
export async function startGithub(repositories: readonly string[] = ['api']): Promise<GithubServer> {
  const emulator = await createEmulator({
    service: 'github',
    port: await freePort(),
    seed: {
      tokens: {
        [tokenOf('ana')]: { login: 'ana', scopes: ['repo', 'user'] },
        ...Object.fromEntries(
          [tokenOf('burndown-bot'), ...repositories.map(tokenFor)].map((token) => [
            token,
            { login: 'burndown-bot', scopes: ['repo', 'user'] },
          ]),
        ),
      },
      github: {
        users: [
          { login: 'ana', name: 'Ana', email: 'ana@example.com' },
          { login: 'ben', name: 'Ben', email: 'ben@example.com' },
          { login: 'cem', name: 'Cem', email: 'cem@example.com' },
          { login: 'burndown-bot', name: 'Burndown', email: 'bot@example.com' },
        ],
        repos: repositories.map((name) => ({ owner: 'ana', name })),
      },
    },
  });
  const ask = async (login: Login, method: string, path: string, body?: unknown) => {
    const send = () =>
      fetch(`${emulator.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${tokenOf(login)}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    // A connection that was kept open may be closed at the very moment in which it is used again.
    const response = await send().catch(send);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text || 'null');
  };
  return {
    url: emulator.url,
    as: ask,
    comments: async (issue) => {
      const all = (await ask('ana', 'GET', `/repos/ana/api/issues/${issue}/comments`)) as unknown as { body: string }[];
      return all.map(({ body }) => body);
    },
    close: () => emulator.close(),
  };
}
