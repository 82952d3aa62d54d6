import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from '../db/engine/client.ts';
import type { KeyRing } from '../db/engine/sealed.ts';
import {
  claimRenewal,
  endRenewal,
  findInstallation,
  type Installation,
  listExpiring,
  replaceTokens,
} from '../db/workspaces/installations.ts';
import type { Clock } from '../domain/time/clock.ts';
import { HOUR_MS, MINUTE_MS } from '../domain/time/durations.ts';
import type { Logger } from '../log.ts';

/** Asks Slack for the next pair of tokens. A refresh token works once. */
export type AskForTokens = (
  refreshToken: string,
) => Promise<{ botToken: string; refreshToken: string; expiresInMs: number }>;

export type Renewing = { db: Db; keys: KeyRing; clock: Clock; log: Logger; askForTokens: AskForTokens };

// Tokens live twelve hours. A beat renews them long before, so that no request has to wait for it.
const AHEAD_MS = 3 * HOUR_MS;
const AT_ONCE = 20;
// A request renews only what is all but over.
const LAST_MOMENT_MS = 5 * MINUTE_MS;
// Longer than Slack is waited for, and short enough that a process that died holds nobody up for long.
const LEASE_MS = 20_000;
const LOOK_AGAIN_MS = 100;
const MOST_LOOKS = 20;

/** Renews the tokens that end within hours; those that cannot be renewed now are tried again at the next beat. */
export async function renewExpiring(renewing: Renewing): Promise<void> {
  const before = new Date(renewing.clock.now().getTime() + AHEAD_MS);
  const ids = await listExpiring(renewing.db, before, AT_ONCE);
  await Promise.all(ids.map((id) => renew(renewing, id, before)));
}

/** The installation with a token that works, renewed where it is about to end. */
export async function withFreshToken(renewing: Renewing, installation: Installation): Promise<Installation> {
  const { db, keys, clock } = renewing;
  const isAboutToEnd = ({ tokenExpiresAt }: Installation, marginMs: number) =>
    tokenExpiresAt !== null && tokenExpiresAt.getTime() - clock.now().getTime() <= marginMs;
  let newest = installation;
  for (let looks = 0; looks < MOST_LOOKS && isAboutToEnd(newest, LAST_MOMENT_MS); looks += 1) {
    const isOurs = await renew(renewing, newest.id, new Date(clock.now().getTime() + LAST_MOMENT_MS));
    newest = (await findInstallation(db, keys, newest.id)) ?? newest;
    // Whoever else renews it leaves the old token as it is until the new one is committed.
    if (isOurs || !isAboutToEnd(newest, 0)) break;
    await wait(LOOK_AGAIN_MS, undefined, { ref: false });
  }
  return newest;
}

/**
 * Renews a token once, however many ask: a lease in its row says who does. No transaction is open while Slack is asked,
 * since the embedded database has one connection. The old tokens stand until the new ones are committed.
 */
async function renew(renewing: Renewing, id: string, before: Date): Promise<boolean> {
  const { db, keys, clock, log, askForTokens } = renewing;
  if (!(await claimRenewal(db, id, before, LEASE_MS))) return false;
  const held = await findInstallation(db, keys, id);
  if (!held?.refreshToken) return true;
  try {
    const { expiresInMs, ...tokens } = await askForTokens(held.refreshToken);
    await replaceTokens(db, keys, held, { ...tokens, tokenExpiresAt: new Date(clock.now().getTime() + expiresInMs) });
    log.info({ installation: id }, 'a token was renewed');
  } catch (error) {
    log.error({ error, installation: id }, 'a token could not be renewed');
    await endRenewal(db, id);
  }
  return true;
}
