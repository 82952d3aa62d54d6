import { cleanLine } from '../text/clean-text.ts';

export const MAKERS = ['person', 'bot', 'agent'] as const;
/** What made a fix: a person, a bot that does one thing, or an agent that writes code. */
export type Maker = (typeof MAKERS)[number];

/** Who wrote a pull request. */
export type Authors = { author: string; authorIsBot: boolean; coAuthors: readonly string[] };

/** Accounts and names under which agents are known to write. A tracker's settings add to them. */
export const KNOWN_AGENTS: readonly string[] = [
  'claude[bot]',
  'chatgpt-codex-connector[bot]',
  'copilot',
  'copilot-swe-agent[bot]',
  'cursor[bot]',
  'devin-ai-integration[bot]',
  'google-labs-jules[bot]',
  'sweep-ai[bot]',
];

/** Any agent among those who wrote it makes it an agent's; else the author decides. */
export function makerOf({ author, authorIsBot, coAuthors }: Authors, agents: readonly string[]): Maker {
  const known = new Set([...KNOWN_AGENTS, ...agents].map((name) => name.toLowerCase()));
  if ([author, ...coAuthors].some((name) => known.has(name.toLowerCase()))) return 'agent';
  return authorIsBot || author.toLowerCase().endsWith('[bot]') ? 'bot' : 'person';
}

const MOST_AGENTS = 50;
const NAME_LIMIT = 100;

/** The names that somebody typed, one a line or with commas between them. */
export function agentsTyped(typed: string): string[] {
  const names = typed.split(/[\n,]/).map((name) => cleanLine(name, NAME_LIMIT).replace(/^@/, ''));
  return [...new Set(names.filter(Boolean))].slice(0, MOST_AGENTS);
}

// In a trailer they go by names that people have too, so their addresses tell them.
const AGENT_ADDRESSES = new Map([
  ['noreply@anthropic.com', 'claude[bot]'],
  ['noreply@openai.com', 'chatgpt-codex-connector[bot]'],
  ['cursoragent@cursor.com', 'cursor[bot]'],
]);

const TRAILER = /^co-authored-by:\s*([^<\n]*?)\s*<([^>\n]*)>\s*$/gim;

/** Those whom the trailers of commit messages name, each once: by login where their address tells it, else by name. */
export function coAuthorsIn(messages: readonly string[]): string[] {
  const trailers = messages.flatMap((message) => [...message.matchAll(TRAILER)]);
  const names = trailers.map(([, name = '', mail = '']) => loginIn(mail) ?? name);
  return [...new Set(names.map((name) => cleanLine(name, NAME_LIMIT)).filter(Boolean))];
}

function loginIn(typed: string): string | undefined {
  const mail = typed.trim().toLowerCase();
  return AGENT_ADDRESSES.get(mail) ?? /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/i.exec(typed.trim())?.[1];
}
