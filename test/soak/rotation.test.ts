import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { afterEach, expect, it, vi } from 'vitest';
import { installInBrowser, startSandboxOfMany } from '../../bench/kit/bot-of-many.ts';
import { freePort } from '../../bench/kit/free-port.ts';
import { signedRequest } from '../../bench/kit/signed-request.ts';
import { startReplica } from '../../bench/workspaces/start-replica.ts';
import { installations } from '../../src/db/schema/installations.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/time/durations.ts';
import { databases } from '../databases.ts';
import { HARBOUR_ANA } from '../installations/oauth-world.ts';

const START = new Date('2026-03-02T09:00:00Z');
const REQUESTS = 20;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it('a token is renewed once under twenty requests at a time, though the process that renews it is killed', async () => {
  const opened = await databases[1]?.openNew();
  if (!opened?.url) throw new Error('no PostgreSQL to test on');
  closing.push(opened.close);
  const { db, url } = opened;
  const ports = [await freePort(), await freePort()] as const;
  const addressOf = (port: number) => `http://127.0.0.1:${port}`;
  const publicUrl = addressOf(ports[0]);
  const sandbox = await startSandboxOfMany(publicUrl, { workspaces: [undefined], startAt: START, rotates: true });
  closing.push(() => sandbox.close());
  const { apiUrl, clientId, clientSecret, signingSecret, clock } = sandbox;
  const key = randomBytes(32).toString('base64');
  const start = async (port: number) => {
    const settings = { url, apiUrl, port, key, signingSecret, clientId, clientSecret, publicUrl, nowMs: clock.now() };
    const child = await startReplica(settings);
    closing.push(() => kill(child));
    return child;
  };
  const [first, second] = [await start(ports[0]), await start(ports[1])];
  await installInBrowser(publicUrl, HARBOUR_ANA);
  const askAt = (port: number) => {
    const body = new URLSearchParams({
      ...{ command: '/defect', text: 'help', team_id: sandbox.team.id, user_id: 'UANA00000', channel_id: 'CGENERAL0' },
      ...{ trigger_id: randomBytes(8).toString('hex'), response_url: '', is_enterprise_install: 'false' },
    }).toString();
    return fetch(`${addressOf(port)}/slack/events`, signedRequest(signingSecret, { body, isJson: false }));
  };
  const askOften = async (port: number) => {
    const answers = await Promise.all(Array.from({ length: REQUESTS }, () => askAt(port)));
    return answers.filter(({ ok }) => ok).length;
  };
  const asked = () => sandbox.audit.calls('oauth.v2.access');
  const stored = async () => (await db.select().from(installations))[0];
  const before = await stored();

  // Minutes before the token ends the first process asks for the next one, and dies while it waits for the answer.
  sandbox.faults.add({ method: 'oauth.v2.access', kind: 'hang', times: 1 });
  await clock.step(12 * HOUR_MS - 3 * MINUTE_MS);
  first.send(clock.now());
  void Promise.allSettled(Array.from({ length: REQUESTS }, () => askAt(ports[0])));
  await vi.waitFor(() => expect(asked().filter(({ fault }) => fault === 'hang')).toHaveLength(1), 20_000);
  await kill(first);

  // Meanwhile the other one goes on with the token that stands.
  second.send(clock.now());
  expect(await askOften(ports[1])).toBe(REQUESTS);
  expect(asked()).toHaveLength(2);
  expect(await stored()).toMatchObject({ botToken: before?.botToken, refreshToken: before?.refreshToken });

  // Once nobody waits for the dead one any more, one of twenty renews it.
  await db.update(installations).set({ refreshLeaseUntil: sql`clock_timestamp() - interval '1 second'` });
  expect(await askOften(ports[1])).toBe(REQUESTS);
  await vi.waitFor(async () => expect((await stored())?.botToken).not.toBe(before?.botToken), 20_000);
  expect(asked().map(({ ok }) => ok)).toEqual([true, false, true]);

  // The old token is over; the new one opens the workspace, in a new process, too.
  await clock.step(HOUR_MS);
  second.send(clock.now());
  await start(ports[0]);
  const ana = sandbox.person('ana');
  await ana.invite('billing', 'burndown');
  await ana.sees('Burndown is here', { in: 'billing' });
  expect(asked()).toHaveLength(3);
  const refused = sandbox.audit.calls().filter(({ error }) => /token|auth/.test(error ?? ''));
  expect(refused.map(({ method, error }) => `${method} ${error}`)).toEqual([]);
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
