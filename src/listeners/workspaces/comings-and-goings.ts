import { onInstallationEvent } from '../../requests/listen/on-installation-event.ts';
import { giveApp } from '../../usecases/workspaces/give-app.ts';
import { leave, takeAway } from '../../usecases/workspaces/leave.ts';
import type { Deps } from '../deps.ts';

export function registerComingsAndGoings(deps: Deps): void {
  const { log } = deps;
  const tell = (workspaces: readonly string[]) => {
    if (workspaces.length > 0) log.warn({ workspaces }, 'the app was taken away');
  };
  onInstallationEvent(deps, {
    left: async (db, place, at) => tell(await leave(db, place, at)),
    takenAway: async (db, share, at) => tell(await takeAway(db, share, at)),
    given: async (db, share, at) => {
      await giveApp(db, share, at);
      log.info({ workspaces: share.workspaceIds }, 'an organisation gave the app to workspaces');
    },
  });
}
