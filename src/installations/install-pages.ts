import type { ServerResponse } from 'node:http';
import type { Installation } from '@slack/bolt';

import { mayReadHistory } from './scopes.ts';

type Page = { title: string; body: string };

const LATER = 'Something went wrong here. Nothing was installed. Please try again in a minute.';
// By the codes of Slack's own installer.
const WORDS: Readonly<Record<string, { status: number; words: string }>> = {
  slack_oauth_missing_code: { status: 400, words: 'This address is only for the way back from Slack.' },
  slack_oauth_missing_state: { status: 400, words: 'This address is only for the way back from Slack.' },
  slack_oauth_invalid_state: {
    status: 400,
    words: 'This was begun in another browser, or more than ten minutes ago. Nothing was installed.',
  },
  slack_oauth_installer_authorization_error: { status: 200, words: 'You did not agree, so nothing was installed.' },
};

const WITHOUT_HISTORY =
  'It may not read history, so when an answer of Slack is lost it cannot check whether its message arrived. It will not post such a message again, and tells the lead of the program.';

/** The page from which somebody goes to Slack to agree. */
export function installPage(slackUrl: string): string {
  return html({
    title: 'Burndown for Slack',
    body: `<p>Runs your team's stability program after a launch.</p><p><a href="${escaped(slackUrl)}">Add to Slack</a></p>`,
  });
}

/** Said once it is installed. */
export function showInstalled(
  { team, enterprise, bot }: Pick<Installation, 'team' | 'enterprise' | 'bot'>,
  to: ServerResponse,
): void {
  const place = team ?? enterprise;
  const next = team
    ? 'Invite it into a channel: <code>/invite @burndown</code>. The first program starts there.'
    : 'Now give it to workspaces in the settings of your organisation. Until then it works in none of them.';
  const promise = mayReadHistory(bot?.scopes ?? []) ? '' : `<p>${WITHOUT_HISTORY}</p>`;
  send(to, 200, { title: `Burndown is in ${escaped(place?.name ?? 'Slack')}`, body: `<p>${next}</p>${promise}` });
}

/** Said where it was not installed, by the code of the error. */
export function showNotInstalled(code: string, to: ServerResponse): void {
  const { status, words } = WORDS[code] ?? { status: 502, words: LATER };
  send(to, status, {
    title: 'Burndown was not installed',
    body: `<p>${words}</p><p><a href="/slack/install">Begin again</a></p>`,
  });
}

function send(to: ServerResponse, status: number, page: Page): void {
  to.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html(page));
}

function html({ title, body }: Page): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,">
<style>:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif } main { max-width: 34rem; margin: 10vh auto; padding: 0 1rem }</style>
</head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
