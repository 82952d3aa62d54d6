import type { OpenTracker } from '../domain/trackers/tracker.ts';
import { createGithubTracker } from './github/github-tracker.ts';

/** Where the trackers answer. */
export type TrackerHosts = { github: string };

export const TRACKER_HOSTS: TrackerHosts = { github: 'https://api.github.com' };

/** One adapter a tracker; everything else is the same for all. */
export function trackerOpener({ fetch, hosts }: { fetch: typeof globalThis.fetch; hosts: TrackerHosts }): OpenTracker {
  return (access) => {
    switch (access.kind) {
      case 'github':
        return createGithubTracker(access, { fetch, apiUrl: hosts.github });
    }
  };
}
