// Plain JavaScript, because whichever Node runs the app has to load it: `node --import .../sandbox/redirect.js app.js`.
// Slack's SDK then reaches the local Slack that SLACK_API_URL names, and the app stays as it is.

const slack = 'https://slack.com/';
const api = process.env.SLACK_API_URL;

if (api) {
  const local = new URL('/', api);
  const fetchSlack = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(slack)) return fetchSlack(input, init);
    const target = new URL(url.slice(slack.length), local);
    return fetchSlack(input instanceof Request ? new Request(target, input) : target, init);
  };
}
