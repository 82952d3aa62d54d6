import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Sandbox } from '../../engine/sandbox.ts';
import { builtPage } from '../built-page.ts';
import { streamChanges } from '../change-stream.ts';
import { handlePageCall } from '../page-calls.ts';

const shell = (version: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Local sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/${version}.css">
<script type="module" src="/page/${version}.js"></script>
</head>
<body><div id="root"></div></body>
</html>`;

// Nothing but our own script runs, whatever an app puts into a message.
const policy =
  "default-src 'self'; img-src 'self' https: http: data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Serves the page at '/', its JSON API and its change stream on the sandbox's own HTTP server. */
export async function servePage(sandbox: Sandbox): Promise<void> {
  const { script, styles, version } = await builtPage();
  const changes = streamChanges(sandbox);

  const answer = (response: ServerResponse, type: string, body: string | Uint8Array, cache = 'no-store') =>
    response
      .writeHead(200, {
        'content-type': type,
        'cache-control': cache,
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
      })
      .end(body);

  sandbox.mount((request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', sandbox.origin);
    if ((pathname === '/' || pathname.startsWith('/archives/')) && request.method === 'GET')
      answer(response, 'text/html; charset=utf-8', shell(version));
    else if (pathname === `/page/${version}.js`)
      answer(response, 'text/javascript; charset=utf-8', script, 'max-age=31536000, immutable');
    else if (pathname === `/page/${version}.css`)
      answer(response, 'text/css; charset=utf-8', styles, 'max-age=31536000, immutable');
    else if (pathname === '/sandbox/changes') changes.open(request, response);
    else if (pathname.startsWith('/sandbox/'))
      void handlePageCall(sandbox, request, response, pathname.slice(9), searchParams);
    else return false;
    return true;
  });
}
