import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedRequest, wallSeconds } from '../../bench/kit/signed-request.ts';
import { channel, type PeopleWorld, startWithDefect } from './people-world.ts';

describe('a signed request', () => {
  let world: PeopleWorld;
  beforeEach(async () => {
    world = await startWithDefect();
  });
  afterEach(() => world.running.close());

  /** The last command once more, signed at an instant. */
  async function sendAgain(atSeconds: number, over: Record<string, string> = {}): Promise<number> {
    const { sandbox, bot, address } = world;
    const fields = sandbox.audit.deliveries('slash_command').at(-1)?.payload as Record<string, string>;
    const body = new URLSearchParams({ ...fields, ...over }).toString();
    const signed = signedRequest(sandbox.signingSecret, { body, isJson: false, atSeconds });
    const { status } = await fetch(`${address}/slack/events`, signed);
    await bot.settled(60_000);
    return status;
  }

  it('that is sent three times, at once and later, counts once', async () => {
    await world.asks('ana', 'tickets 1 3', 'stands for 3 support tickets');
    const now = wallSeconds();
    expect(await Promise.all([sendAgain(now), sendAgain(now)])).toEqual([200, 200]);
    expect(await sendAgain(now)).toBe(200);
    expect((await world.defect()).ticketTotal).toBe(3);
    // Another one of the same words is another request.
    expect(await sendAgain(now, { trigger_id: 'another' })).toBe(200);
    expect((await world.defect()).ticketTotal).toBe(6);
  });

  it.each([
    ['from the future', 120],
    ['of more than five minutes ago', -400],
  ])('%s is refused, and does nothing', async (_, seconds) => {
    await world.asks('ana', 'tickets 1 3', 'stands for 3 support tickets');
    expect(await sendAgain(wallSeconds() + seconds, { trigger_id: 'another' })).toBe(401);
    expect((await world.defect()).ticketTotal).toBe(3);
    expect(await world.sandbox.person('ana').sees('3 support tickets', { in: channel })).toBeDefined();
  });
});
