import { randomUUID } from 'node:crypto';
import type { Person } from '../../sandbox/people/person.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { updateArea } from '../../src/db/programs/areas.ts';
import { listAreas, type Program, updateProgram } from '../../src/db/programs/programs.ts';
import type { Severity } from '../../src/domain/vocabulary.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import type { Log } from './log.ts';
import { CHANNEL, shownText } from './said.ts';

const PARTS = ['Checkout', 'Invoice export', 'Nightly sync', 'Deploy job', 'Webhook', 'Login', 'Search', 'Upload'];
const TROUBLES = ['times out', 'answers 400', 'loses rows', 'hangs', 'is a day late', 'charges twice'];
const SEVERITIES: readonly Severity[] = ['S1', 'S2', 'S3', 'S4'];
const REPEATS = 0.55;

export type Team = { sandbox: Sandbox; db: Db; program: Program; random: () => number };

/** Owners of the areas, holidays and facilitators, as a lead sets them before the first week. */
export async function setUp({ sandbox, db, program }: Team): Promise<Program> {
  const ids = sandbox.people().map(({ id }) => id);
  for (const [i, area] of (await listAreas(db, program.id)).entries())
    await updateArea(db, area.id, { ownerIds: [ids[1 + (i % 4)] ?? ''] });
  return updateProgram(db, program.id, {
    holidays: ['2026-12-25', '2027-01-01'],
    leadIds: [ids[0] ?? ''],
    facilitatorIds: ids.slice(1, 4),
  });
}

/** Somebody sees a failure: a new one, or one that is known. */
export async function report(team: Team, log: Log, now: Date): Promise<void> {
  const { db, program, random, sandbox } = team;
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const areas = await listAreas(db, program.id);
  const known = log.defects.filter(({ mergedIntoId, state }) => mergedIntoId === null && state !== 'dismissed');
  // Few defects do most of the harm, and a claimed one is seen less.
  const again = random() < REPEATS ? pick(known.slice(0, 1 + Math.floor(random() * known.length))) : undefined;
  const spared = again?.state === 'claimed' && random() < 0.8;
  const title = `${pick(PARTS)} ${pick(TROUBLES)} in ${pick(['Berlin', 'Oslo', 'Lyon', 'Porto'])}`;
  const incoming = {
    title: again?.title ?? title,
    description: '',
    areaId: again?.areaId ?? pick(areas)?.id ?? 0,
    severity: pick(SEVERITIES) ?? ('S3' as const),
    affected: Math.floor(random() * 20),
    supportTickets: random() < 0.3 ? 1 : 0,
    environment: null,
    link: null,
    seenAt: now,
    filedAt: now,
    reporterId: pick(sandbox.people())?.id ?? '',
    source: 'slack' as const,
    sourceKey: randomUUID(),
  };
  await fileReport(db, program, incoming, spared ? undefined : again?.id);
}

/** The facilitator decides what the open thread proposes, in one form. */
export async function decideAll({ sandbox }: Team): Promise<void> {
  const [, facilitator] = sandbox.people();
  const parent = facilitator?.messages(CHANNEL).findLast((message) => shownText(message).includes('[Decide several]'));
  if (!facilitator || !parent) return;
  await facilitator.click(parent, 'decide_several');
  const form = await facilitator.modal('Decide several');
  await facilitator.fill(form, { reason: 'We look at it again next week' });
  await facilitator.submit(form);
  if (facilitator.currentModal()) await facilitator.closeAll();
}

/** An owner claims the fix of a defect, from whatever message of theirs offers it. */
export async function claimOne({ sandbox, random }: Team): Promise<void> {
  for (const person of sandbox.people()) {
    if (random() > 0.45) continue;
    const message = person
      .messages(sandbox.app.name)
      .findLast((one) => shownText(one).includes('[Claim fix]') && !shownText(one).includes('[Accept the risk]'));
    if (message) await claim(person, message);
  }
}

async function claim(person: Person, message: Parameters<Person['click']>[0]): Promise<void> {
  await person.click(message, 'claim');
  const form = await person.modal('Claim');
  const asked = JSON.stringify(form.blocks);
  await person.fill(form, {
    keeping: 'A test in the suite',
    fix_kind: 'Code',
    ...(asked.includes('"root_cause"') ? { root_cause: 'A retry without a key', approver: 'ana' } : {}),
  });
  await person.submit(form);
  if (person.currentModal()) await person.closeAll();
}
