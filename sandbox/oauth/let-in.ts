import type { Engine } from '../engine/engine.ts';

/** Installs the app as if somebody had agreed to all that its manifest asks for. */
export function letIn(engine: Engine): void {
  const { app, team, users } = engine.state;
  const user = [...users.keys()][0] ?? app.botUserId;
  engine.vault.issue(app.botToken, { team: team.id, user, scopes: app.scopes });
}
