import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import type { User } from '../state/model.ts';
import { readBody } from '../web-api/read-request.ts';
import {
  allowInstall,
  canInstall,
  canInstallForAll,
  denyInstall,
  type InstallRequest,
  readInstallRequest,
} from './authorize.ts';

const entities: { [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
  background: light-dark(#f5f4f0, #101214); color: light-dark(#1d2125, #e6e8ea); }
main { max-width: 34rem; margin: 8vh auto; padding: 2rem 2.25rem; border-radius: 12px; background: light-dark(#fff, #16191c); }
h1 { margin: 0 0 1rem; font-size: 1.35rem; line-height: 1.3; }
p.note { color: light-dark(#7d5200, #e6b85c); font-size: .9rem; margin: 0 0 1.25rem; }
li { font-family: ui-monospace, monospace; font-size: .9rem; }
label { display: block; margin: 1rem 0; }
select { display: block; width: 100%; margin-top: .25rem; padding: .5rem; font: inherit; }
button { padding: .5rem 1.25rem; margin-right: .5rem; font: inherit; border-radius: 8px; border: 1px solid #646a70;
  background: transparent; color: inherit; cursor: pointer; }
button[value=allow] { background: #14606e; border-color: #14606e; color: #fff; }`;

const page = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body><main><p class="note">Local sandbox. Not Slack.</p><h1>${escaped(title)}</h1>${body}</main></body></html>`;

function form(engines: Engine[], { scopes, optional }: InstallRequest, query: URLSearchParams): string {
  const asked = query.get('team');
  const people = engines.map((engine) => {
    const { state } = engine;
    const own = [...state.users.values()].filter(canInstall);
    const option = (user: User, forAll: boolean) =>
      `<option value="${state.team.id} ${user.id}${forAll ? ' all' : ''}">${escaped(user.realName)}, ${escaped(
        (forAll ? engine.organisation?.name : undefined) ?? state.team.name,
      )}${forAll ? ', all workspaces' : ''}</option>`;
    const admins = own.filter((user) => canInstallForAll(engine, user));
    const options = [...own.map((user) => option(user, false)), ...admins.map((user) => option(user, true))];
    return { isAsked: state.team.id === asked, options: options.join('') };
  });
  people.sort((one, other) => Number(other.isAsked) - Number(one.isAsked));
  const needed = scopes.filter((scope) => !optional.includes(scope));
  const choices = optional.map(
    (scope) =>
      `<li><label><input type="checkbox" name="optional" value="${escaped(scope)}" checked> ${escaped(scope)}</label></li>`,
  );
  return `<form method="post"><p>It asks for:</p><ul>${needed.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>
${choices.length > 0 ? `<p>It would like, and works without:</p><ul>${choices.join('')}</ul>` : ''}<label>As whom, in which workspace?<select name="who">${people.map(({ options }) => options).join('')}</select></label>
<button name="answer" value="allow">Allow</button><button name="answer" value="deny">Cancel</button></form>`;
}

function send(response: ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    })
    .end(html);
}

/** Serves the page on which a person lets the app in. False when the request is for something else. */
export function serveInstallPage(
  engines: Engine[],
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): boolean | Promise<void> {
  const [engine] = engines;
  if (url.pathname !== limits.authorizePath.value || !engine) return false;
  const { name } = engine.state.app;
  let asked: InstallRequest;
  try {
    asked = readInstallRequest(engine, url.searchParams);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    send(response, 400, page(`${name} cannot be installed`, `<p>${escaped(words)}</p>`));
    return true;
  }
  if (request.method !== 'POST') {
    send(response, 200, page(`Let ${name} into a workspace?`, form(engines, asked, url.searchParams)));
    return true;
  }
  return readBody(request).then((body) => {
    const answer = new URLSearchParams(body.toString('utf8'));
    const [team, person = '', forAll] = (answer.get('who') ?? '').split(' ');
    const chosen = engines.find(({ state }) => state.team.id === team);
    const user = chosen?.state.users.get(person);
    const denied = answer.get('answer') !== 'allow' || !chosen || !user || !canInstall(user);
    const agreed = answer.getAll('optional');
    const scopes = asked.scopes.filter((scope) => !asked.optional.includes(scope) || agreed.includes(scope));
    const location = denied
      ? denyInstall(asked)
      : allowInstall(chosen, { ...asked, scopes }, user, forAll === 'all' && canInstallForAll(chosen, user));
    response.writeHead(302, { location }).end();
  });
}
