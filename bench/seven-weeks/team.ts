import { randomUUID } from 'node:crypto';
import type { Person } from '../../sandbox/driver/person.ts';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import type { Message } from '../../sandbox/state/model.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { updateArea } from '../../src/db/programs/areas.ts';
import { listAreas, type Program, updateProgram } from '../../src/db/programs/programs.ts';
import type { Severity } from '../../src/domain/vocabulary.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import type { Log } from './log.ts';
import { CHANNEL, shownText } from './said.ts';

/** Eight people in four time zones, two of whom never answer. */
export const PEOPLE = [
  { name: 'ana', realName: 'Ana Kovač', timeZone: 'Europe/Berlin', role: 'admin' as const },
  { name: 'ben', realName: 'Ben Okafor', timeZone: 'America/New_York' },
  { name: 'chloe', realName: 'Chloé Martin', timeZone: 'Europe/Berlin' },
  { name: 'dev', realName: 'Dev Raman', timeZone: 'Asia/Kolkata' },
  { name: 'emi', realName: 'Emi Tanaka', timeZone: 'Asia/Kolkata' },
  { name: 'femi', realName: 'Femi Adeyemi', timeZone: 'Europe/Berlin' },
  { name: 'grace', realName: 'Grace Liu', timeZone: 'America/Los_Angeles' },
  { name: 'hugo', realName: 'Hugo Silva', timeZone: 'America/New_York' },
];
const SILENT = ['emi', 'hugo'];

const PARTS = ['Checkout', 'Invoice export', 'Nightly sync', 'Deploy job', 'Webhook', 'Login', 'Search', 'Upload'];
const TROUBLES = ['times out', 'answers 400', 'loses rows', 'hangs', 'is a day late', 'charges twice'];
const SEVERITIES: readonly Severity[] = ['S1', 'S2', 'S3', 'S4'];
const REPEATS = 0.55;

export type Team = {
  sandbox: Sandbox;
  db: Db;
  program: Program;
  random: () => number;
  refused: Map<string, string>;
  /** Some seconds go by, in which all that is due comes out. */
  pass: () => Promise<void>;
};

type Form = Awaited<ReturnType<Person['modal']>>;

/** Owners of the areas, holidays and facilitators, as a lead sets them before the first week. */
export async function setUp({ sandbox, db, program }: Team): Promise<Program> {
  const ids = sandbox.people().map(({ id }) => id);
  for (const [i, area] of (await listAreas(db, program.id)).entries())
    if (i < 3) await updateArea(db, area.id, { ownerIds: [ids[1 + i] ?? '', ids[5 + (i % 3)] ?? ''] });
  return updateProgram(db, program.id, {
    holidays: ['2026-12-25', '2027-01-01'],
    leadIds: [ids[0] ?? ''],
    facilitatorIds: ids.slice(1, 4),
  });
}

/** Somebody sees a failure: a new one, or one that is known. */
export async function report(team: Team, log: Log, now: Date): Promise<void> {
  const { db, program, random, sandbox } = team;
  const areas = await listAreas(db, program.id);
  const known = log.defects.filter(({ mergedIntoId, state }) => mergedIntoId === null && state !== 'dismissed');
  // Few defects do most of the harm, and a claimed or proven one is seen less.
  const again = random() < REPEATS ? known[Math.floor(random() ** 2 * known.length)] : undefined;
  const isFixed = again?.state === 'claimed' || again?.state === 'proven';
  const spared = isFixed && random() < 0.8;
  const title = `${pick(team, PARTS)} ${pick(team, TROUBLES)} in ${pick(team, ['Berlin', 'Oslo', 'Lyon', 'Porto'])}`;
  const incoming = {
    title: again?.title ?? title,
    description: '',
    areaId: again?.areaId ?? pick(team, areas)?.id ?? 0,
    severity: pick(team, SEVERITIES) ?? ('S3' as const),
    affected: Math.floor(random() * 20),
    supportTickets: random() < 0.3 ? 1 : 0,
    environment: null,
    link: null,
    seenAt: now,
    filedAt: now,
    reporterId: pick(team, sandbox.people())?.id ?? '',
    source: 'slack' as const,
    sourceKey: randomUUID(),
  };
  await fileReport(db, program, incoming, spared ? undefined : again?.id);
}

export function pick<T>({ random }: Team, list: readonly T[]): T | undefined {
  return list[Math.floor(random() * list.length)];
}

/** In the open thread a few items are decided one by one, each in another way. */
export async function decideSome(team: Team): Promise<void> {
  const [, ben, chloe] = team.sandbox.people();
  const [parent] = openThread(team, ben);
  if (!ben || !chloe || !parent) return;
  const waiting = ben.messages(CHANNEL, { thread: parent.ts }).filter((one) => /\[Defer\]/.test(shownText(one)));
  const ways = ['defer', 'dismiss', 'need_info', 'accept_risk'] as const;
  for (const item of waiting.slice(0, 4)) {
    const way = pick(team, ways) ?? 'defer';
    const person = team.random() < 0.5 ? ben : chloe;
    const controls = JSON.stringify(item.blocks);
    if (!controls.includes(`"${way}"`) && !controls.includes(`"${way}|`)) continue;
    const option = new RegExp(`"(${way}\\|[^"]*)"`).exec(controls)?.[1];
    await person.click(item, option ? { actionId: 'more_decisions', option } : way);
    await answer(team, person, { reason: 'The vendor looks into it' });
  }
}

/** The facilitator decides what the open thread proposes, in one form, and gives new dates to what is overdue. */
export async function decideAll(team: Team): Promise<void> {
  const [, ben, chloe] = team.sandbox.people();
  const [parent, replies] = openThread(team, ben);
  if (!ben || !chloe || !parent) return;
  const overdue = replies.find((one) => shownText(one).includes('[Set new dates]'));
  if (overdue && team.random() < 0.7) {
    await chloe.click(overdue, 'new_dates');
    await settle(chloe, await chloe.modal('New dates'));
  }
  if (!shownText(parent).includes('[Decide several]')) return;
  await ben.click(parent, 'decide_several');
  const form = await ben.modal('Decide several');
  // What has nobody proposed for it stays open, so that something is carried over.
  await ben.fill(form, { reason: 'We look at it again next week' });
  await settle(ben, form);
  if (team.random() >= 0.2) return;
  const several = openThread(team, ben)[1].findLast((one) => shownText(one).includes('[Undo all]'));
  if (several) await chloe.click(several, 'undo_several');
}

function openThread({ sandbox }: Team, reader: Person | undefined): [Message | undefined, Message[]] {
  const parent = reader?.messages(CHANNEL).findLast((one) => shownText(one).includes('[Close triage]'));
  const replies = parent ? (reader?.messages(CHANNEL, { thread: parent.ts }) ?? []) : [];
  return [parent, replies.filter(({ botId }) => botId === sandbox.app.botId)];
}

/** Those who answer do something about what their direct messages carry: one thing a person and time. */
export async function answerDirect(team: Team): Promise<void> {
  for (const person of team.sandbox.people().filter(({ name }) => !SILENT.includes(name))) {
    if (team.random() > 0.55) continue;
    // Nobody acts at the same moment as another: what the one did has seconds to show.
    await team.pass();
    const withButton = (label: string) =>
      person.messages(team.sandbox.app.name).findLast((one) => shownText(one).includes(label));
    const [question, seeing] = [withButton('[Answer]'), withButton('[Yes, I have]')];
    if (question) await act(team, person, question, 'answer_question', { answer: 'It was the second card' });
    if (seeing) {
      const isSeen = team.random() < 0.2;
      if (isSeen) await act(team, person, seeing, 'still_seeing', {});
      else await person.click(seeing, first(seeing, 'not_seeing'));
    }
    const direct = withButton('[Claim fix]') ?? withButton('[Set a new date]');
    if (direct) await actOnOwned(team, person, direct);
  }
}

async function actOnOwned(team: Team, person: Person, direct: Message): Promise<void> {
  const chance = team.random();
  const today = new Date(team.sandbox.clock.now());
  const inDays = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const offered = JSON.stringify(direct.blocks);
  const has = (action: string) => offered.includes(`"${action}"`);
  if (chance < 0.5 && has('claim')) return claim(team, person, direct);
  if (chance < 0.65 && has('change_due'))
    return act(team, person, direct, 'change_due', { due: inDays(9), reason: 'It takes longer' });
  if (chance < 0.75 && has('snooze'))
    return act(team, person, direct, 'snooze', { until: inDays(5), reason: 'After the release' });
  if (chance < 0.85 && has('assign')) return act(team, person, direct, 'assign', { owner: 'grace' });
}

async function claim(team: Team, person: Person, message: Message): Promise<void> {
  await person.click(message, first(message, 'claim'));
  const form = await formOf(team, person);
  if (!form) return;
  const asked = JSON.stringify(form.blocks);
  await person.fill(form, {
    keeping: 'A test in the suite',
    fix_kind: 'Code',
    ...(asked.includes('"second_person"') ? { second_person: person.name === 'ana' ? 'ben' : 'ana' } : {}),
    ...(asked.includes('"root_cause"')
      ? { root_cause: 'A retry without a key', approver: person.name === 'ana' ? 'ben' : 'ana' }
      : {}),
  });
  await settle(person, form);
}

async function act(
  team: Team,
  person: Person,
  on: Message,
  action: string,
  values: Parameters<Person['fill']>[1],
): Promise<void> {
  await person.click(on, first(on, action));
  await answer(team, person, values);
}

async function answer(team: Team, person: Person, values: Parameters<Person['fill']>[1]): Promise<void> {
  const form = await formOf(team, person);
  if (!form) return;
  await person.fill(form, values);
  await settle(person, form);
}

/** The form behind a button that a message offers; undefined where the bot refuses what it has offered. */
async function formOf({ refused, sandbox }: Team, person: Person): Promise<Form | undefined> {
  const form = await person.modal(({ title }) => title?.text !== 'One moment');
  if (form.submit !== undefined && form.blocks.some(({ type }) => type === 'input')) return form;
  refused.set(`${person.name} is refused: ${shownText(form)}`, new Date(sandbox.clock.now()).toISOString());
  await person.closeAll();
  return undefined;
}

/** The first button of a kind, where a message has one for each of its defects. */
function first({ blocks = [] }: Message, actionId: string): { actionId: string; blockId: string } {
  const block = blocks.find((one) => JSON.stringify(one).includes(`"${actionId}"`));
  return { actionId, blockId: block?.block_id ?? '' };
}

async function settle(person: Person, form: Form): Promise<void> {
  await person.submit(form);
  if (person.currentModal()) await person.closeAll();
}

/** The second person confirms what they were asked to. */
export async function confirmFixes({ sandbox }: Team): Promise<void> {
  for (const person of sandbox.people()) {
    const asked = person.messages(sandbox.app.name).findLast((one) => shownText(one).includes('[Confirm the fix]'));
    if (asked) await person.click(asked, 'confirm_fix');
  }
}
