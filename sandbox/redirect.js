// Plain JavaScript, because whichever Node runs the app has to load it: `node --import .../sandbox/redirect.js app.js`.
// Slack's SDK then reaches the local Slack that SLACK_API_URL names, and the app stays as it is.
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { urlToHttpOptions } from 'node:url';

const slack = 'https://slack.com/';
const api = process.env.SLACK_API_URL;

/** What https.request was given, in one object. */
function optionsOf([first, second]) {
  const isAddress = typeof first === 'string' || first instanceof URL;
  if (!isAddress) return first;
  return { ...urlToHttpOptions(new URL(first)), ...(typeof second === 'object' ? second : {}) };
}

if (api) {
  const local = new URL('/', api);
  const fetchSlack = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(slack)) return fetchSlack(input, init);
    const target = new URL(url.slice(slack.length), local);
    return fetchSlack(input instanceof Request ? new Request(target, input) : target, init);
  };

  // @slack/web-api 7 and older ask through axios, which asks through this.
  const requestAnything = https.request;
  https.request = (...args) => {
    const options = optionsOf(args);
    const host = options.hostname ?? options.host;
    if (host !== 'slack.com') return requestAnything(...args);
    const headers = Object.entries(options.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'host');
    const target = { protocol: 'http:', host: local.hostname, hostname: local.hostname, port: local.port };
    const callback = args.find((argument) => typeof argument === 'function');
    // Its agent and its default port are those of https.
    const own = { ...options, ...target, headers: Object.fromEntries(headers), agent: undefined, defaultPort: 80 };
    return http.request(own, callback);
  };
  https.get = (...args) => {
    const request = https.request(...args);
    request.end();
    return request;
  };

  // The install page of an app leads people's browsers to the page on which they agree.
  const here = (text) => text.replaceAll(`${slack}oauth/v2/authorize`, new URL('/oauth/v2/authorize', local).href);
  const { writeHead, end } = http.ServerResponse.prototype;
  http.ServerResponse.prototype.writeHead = function (...args) {
    const headers = args.at(-1);
    for (const [name, value] of Object.entries(typeof headers === 'object' ? headers : {}))
      if (name.toLowerCase() === 'location') headers[name] = here(String(value));
    return writeHead.apply(this, args);
  };
  http.ServerResponse.prototype.end = function (...args) {
    if (typeof args[0] === 'string' && !this.headersSent && !this.hasHeader('content-length')) args[0] = here(args[0]);
    return end.apply(this, args);
  };
  syncBuiltinESMExports();
}
