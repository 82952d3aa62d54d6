import type { GithubServer } from '../../../bench/trackers/github-server.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { listPulls } from '../../../src/db/fixes/pull-requests.ts';
import { lookAtCode } from '../../../src/usecases/fixes/look-at-code.ts';
import { tellPulls } from '../../../src/usecases/fixes/tell-pulls.ts';
import { receiveCodeHook } from '../../../src/usecases/trackers/sync/receive-hook.ts';
import { aTrackedProgram } from '../trackers/tracked-world.ts';

export const REPO = '/repos/ana/api';

/** A program with an accepted defect, whose merged code is followed. GitHub goes by its own clock, which is the one on the wall. */
export async function aFollowedProgram(db: Db, github: GithubServer, through?: typeof fetch) {
  const world = await aTrackedProgram(db, github, { creation: 'never', ...(through ? { through } : {}) });
  const defect = await world.accepted();
  world.pass(Date.now() - world.now().getTime());
  return {
    ...world,
    defect,
    state: () => world.defect(defect.number),
    pulls: () => listPulls(db, defect.id),
    /** A webhook says that something happened. */
    look: async () => {
      world.pass(Math.max(1_000, Date.now() - world.now().getTime()));
      await receiveCodeHook(db, world.trackerId, world.now());
      await lookAtCode(world.worker, world.now());
    },
    tell: async () => {
      for (let passes = 0; passes < 20 && (await tellPulls(world.worker, world.now)) > 0; passes += 1);
    },
  };
}
