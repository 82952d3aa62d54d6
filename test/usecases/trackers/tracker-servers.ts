import { jiraTokenOf, startJira } from '../../../bench/trackers/jira-server.ts';
import { linearKeyOf, startLinear } from '../../../bench/trackers/linear-server.ts';
import { NO_TRACKERS } from '../../../bench/trackers/no-trackers.ts';
import { trackerOpener } from '../../../src/trackers/open-tracker.ts';

type Fetch = typeof fetch;

/** A Linear of the test's own, and how the bot is connected to a team of it. */
export async function startConnectedLinear() {
  const server = await startLinear();
  return {
    server,
    bot: {
      connection: {
        ...({ kind: 'linear', place: 'ENG', webUrl: 'https://linear.app/acme/team/ENG' } as const),
        account: 'burndown-bot',
      },
      token: linearKeyOf('burndown-bot'),
      open: (through: Fetch) => trackerOpener({ fetch: through, hosts: { ...NO_TRACKERS, linear: server.url } }),
      close: server.close,
    },
  };
}

/** The same of a Jira and one of its projects. */
export async function startConnectedJira() {
  const server = await startJira();
  return {
    server,
    bot: {
      connection: {
        ...({ kind: 'jira', place: 'OPS', site: server.url, webUrl: `${server.url}/browse/OPS` } as const),
        ...{ account: 'account-of-burndown-bot', accountName: 'burndown-bot' },
      },
      token: jiraTokenOf('burndown-bot'),
      open: (through: Fetch) => trackerOpener({ fetch: through, hosts: NO_TRACKERS }),
      close: server.close,
    },
  };
}
