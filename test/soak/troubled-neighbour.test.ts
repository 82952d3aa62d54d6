import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../sandbox/faults/fault.ts';
import { realElapsedMs } from '../../src/clock.ts';
import { rows } from '../../src/db/engine/client.ts';
import { POSTING_TIMEOUT_MS } from '../../src/delivery/slack-client.ts';
import { databases } from '../databases.ts';
import { HARBOUR_ANA, type OauthWorld, openOauthWorld, PIER_PAULA } from '../installations/oauth-world.ts';

const HARBOUR = 'THARBOUR0';
const WAITING = 10_000;
const FRIDAY_DIGEST = new Date('2026-03-06T15:00:00Z');

/** What a workspace can be in beside ten thousand messages that wait. */
const TROUBLES: [words: string, fault: Omit<Fault, 'team'> | undefined][] = [
  ['a token that Slack has revoked', { method: '*', kind: 'fail', error: 'token_revoked' }],
  ['a storm of 429', { method: '*', kind: 'rate_limit', retryAfter: 60 }],
  ['no answer to any call', { method: '*', kind: 'hang' }],
  ['nothing else', undefined],
];

describe.each(databases)('a workspace in trouble, on $name,', (database) => {
  let world: OauthWorld;
  beforeEach(async () => {
    world = await openOauthWorld(database);
    await world.install(HARBOUR_ANA);
    await world.install(PIER_PAULA);
  });
  afterEach(() => world.close());

  const leaveWaiting = (places: readonly string[]) =>
    world.db.execute(sql`insert into outbox (workspace_id, dedupe_key, kind, channel, body, run_at, created_at)
      select ${HARBOUR}, 'waiting ' || n, 'post', split_part(${places.join(' ')}, ' ', 1 + n % ${places.length}::int),
        '{"text": "Late", "blocks": []}', '2026-03-02', '2026-03-02'
      from generate_series(1, ${WAITING}::int) n`);
  const waiting = async (workspaceId: string) => {
    const [found] = await rows<{ count: number }>(
      world.db,
      sql`select count(*)::int as count from outbox where workspace_id = ${workspaceId} and state = 'due'`,
    );
    return found?.count;
  };

  const isForHarbour = ({ team, args }: { team: string; args: object }) =>
    team === HARBOUR && JSON.stringify(args).includes('Late');

  it.each(TROUBLES)('with %s slows down no other', async (_, fault) => {
    const { sandbox, bot } = world;
    const paula = sandbox.workspace('pier').person('paula');
    const ana = sandbox.person('ana');
    await ana.invite('billing', 'burndown');
    await ana.sees('Burndown is here', { in: 'billing' });
    // More places than are sent to at once, where none of them is let through anyway.
    const people = sandbox.people().map(({ id }) => id);
    await leaveWaiting(fault ? Array.from({ length: 60 }, (_, i) => `C0CHANNEL${i}`) : people);
    if (fault) sandbox.faults.add({ ...fault, team: HARBOUR });
    void bot.beat();
    await vi.waitFor(() => expect(sandbox.audit.calls('chat.postMessage').some(isForHarbour)).toBe(true), 20_000);

    const startedMs = realElapsedMs();
    await paula.invite('stability', 'burndown');
    await paula.sees('Burndown is here', { in: 'stability' });
    await paula.slash('/defect The ferry is late', { channel: 'stability' });
    const form = await paula.modal('Report a defect');
    await paula.fill(form, { area: 'billing', severity: 'S2' });
    await paula.submit(form);
    expect(JSON.stringify(await paula.modal('Filed'))).toContain('Filed D-1');
    await paula.closeAll();
    await sandbox.clock.step(FRIDAY_DIGEST.getTime() - sandbox.clock.now());
    void bot.beat();
    await paula.sees('1 open', { in: 'stability' });
    // Less than one call lasts that Slack does not answer.
    expect(realElapsedMs() - startedMs).toBeLessThan(POSTING_TIMEOUT_MS);

    expect(sandbox.audit.deliveries().filter(({ team, outcome }) => team !== HARBOUR && outcome !== 'acked')).toEqual(
      [],
    );
    expect(await waiting(HARBOUR)).toBeGreaterThan(WAITING / 2);
  });
});
