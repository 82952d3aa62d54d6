import type { App } from '@slack/bolt';
import type { Db } from '../../db/engine/client.ts';
import { serveWorkspace } from '../../db/workspaces/served.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';

const LONGEST_NAME = 200;

/** Learns which workspace the token is of. */
export async function introduce(app: App, db: Db, now: Date): Promise<string> {
  const { team_id: id, user_id: botUserId, team } = await app.client.auth.test();
  if (!id || !botUserId) throw new Error('Slack did not say which workspace the token is of.');
  await serveWorkspace(db, { id, name: cleanLine(team, LONGEST_NAME) || id, botUserId, organisationId: null }, now);
  return id;
}
