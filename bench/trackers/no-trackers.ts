import type { TrackerHosts } from '../../src/trackers/open-tracker.ts';

// A port that fetch itself refuses, so that nothing leaves this machine.
const NOWHERE = 'http://127.0.0.1:9';

/** Nobody that is played here asks a tracker of the world. */
export const NO_TRACKERS: TrackerHosts = { github: NOWHERE, linear: NOWHERE };
