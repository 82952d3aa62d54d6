import { afterAll, beforeAll, expect, it } from 'vitest';
import { updateProgram } from '../../src/db/programs/programs.ts';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { MONDAY } from '../builders.ts';
import { channel, type PeopleWorld, startWithDefect } from './people-world.ts';

/** Half past nine where Ben is. */
const NEXT_MORNING = new Date('2026-11-24T14:31:00Z');

let world: PeopleWorld;
beforeAll(async () => {
  world = await startWithDefect();
});
afterAll(() => world.running.close());

it('an owner who has left the private channel hears nothing of its defects, and the lead hears that', async () => {
  const { sandbox, db, program, pass } = world;
  const [ana, ben] = [sandbox.person('ana'), sandbox.person('ben')];
  sandbox.changePrivacy(channel, 'private');
  await updateProgram(db, program.id, { leadIds: [ana.id] });
  const acceptance = { ownerId: ben.id, dueOn: '2026-11-24', criteria: [], escape: 'unknown' as const };
  await acceptDefect(db, program, 1, acceptance, { by: ana.id, now: MONDAY });
  await pass(60_000);
  await ben.sees('is yours now', { in: 'burndown' });
  const before = ben.messages('burndown').length;

  sandbox.removeFromChannel(channel, 'ben');
  await sandbox.settled();
  await pass(NEXT_MORNING);
  await ana.sees("is not in the program's private channel", { in: 'burndown' });
  expect(ben.messages('burndown')).toHaveLength(before);
});
