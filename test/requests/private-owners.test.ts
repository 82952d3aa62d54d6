import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { DAY_MS } from '../builders.ts';
import { channel, type PeopleWorld, startWithDefect } from './people-world.ts';

let world: PeopleWorld;
beforeAll(async () => {
  world = await startWithDefect();
});
afterAll(() => world.running.close());

it('an owner who has left the private channel hears nothing of its defects, and the lead hears that', async () => {
  const { sandbox, db, program, pass } = world;
  const [ana, ben] = [sandbox.person('ana'), sandbox.person('ben')];
  sandbox.changePrivacy(channel, 'private');
  const acceptance = { ownerId: ben.id, dueOn: '2026-11-24', criteria: [], escape: 'unknown' as const };
  await acceptDefect(db, { ...program, leadIds: [ana.id] }, 1, acceptance, { by: ana.id, now: sandboxNow() });
  await pass(60_000);
  await ben.sees('is yours now', { in: 'burndown' });
  const before = ben.messages('burndown').length;

  sandbox.removeFromChannel(channel, 'ben');
  await sandbox.settled();
  await pass(DAY_MS);
  await pass(DAY_MS);
  await ana.sees(`is not in the program's private channel`, { in: 'burndown' });
  expect(ben.messages('burndown')).toHaveLength(before);

  function sandboxNow() {
    return new Date(sandbox.clock.now());
  }
});
