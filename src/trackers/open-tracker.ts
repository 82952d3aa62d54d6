import { realElapsedMs } from '../clock.ts';
import type { OpenTracker } from '../domain/trackers/tracker.ts';
import { createInstallationTokens } from './github/github-app.ts';
import { createGithubTracker } from './github/github-tracker.ts';
import { createJiraTracker } from './jira/jira-tracker.ts';
import { createLinearTracker } from './linear/linear-tracker.ts';

/** Where the trackers answer that are at one address for all. */
export type TrackerHosts = { github: string; linear: string };

export const TRACKER_HOSTS: TrackerHosts = {
  github: 'https://api.github.com',
  linear: 'https://api.linear.app',
};

/** One adapter a tracker; everything else is the same for all. */
export function trackerOpener({ fetch, hosts }: { fetch: typeof globalThis.fetch; hosts: TrackerHosts }): OpenTracker {
  const tokens = createInstallationTokens(realElapsedMs);
  return (access) => {
    switch (access.kind) {
      case 'github':
        return createGithubTracker(access, { fetch, apiUrl: hosts.github, tokens });
      case 'linear':
        return createLinearTracker(access, { fetch, apiUrl: hosts.linear });
      case 'jira':
        return createJiraTracker(access, { fetch });
    }
  };
}
