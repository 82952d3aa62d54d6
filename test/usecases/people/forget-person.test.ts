import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mention } from '../../../src/blocks/kit/mrkdwn.ts';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { findLikelyRepeats } from '../../../src/db/grouping/matching.ts';
import { upsertPerson } from '../../../src/db/people/people.ts';
import { findProgram } from '../../../src/db/programs/programs.ts';
import { insertSchedule } from '../../../src/db/programs/schedules.ts';
import { reports } from '../../../src/db/schema/defects.ts';
import { EVERY_TABLE } from '../../../src/db/schema/every-table.ts';
import { outbox, requests } from '../../../src/db/schema/messages.ts';
import { insertTicket } from '../../../src/db/trackers/tickets.ts';
import { keepAccount } from '../../../src/db/trackers/tracker-people.ts';
import { pseudonymOf } from '../../../src/domain/people/erasure.ts';
import { defaultCadences } from '../../../src/domain/programs/program-defaults.ts';
import { RITUALS } from '../../../src/domain/vocabulary.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { relabelDefect } from '../../../src/usecases/defects/change-defect.ts';
import { acceptRisk } from '../../../src/usecases/defects/set-aside-defect.ts';
import { splitDefect } from '../../../src/usecases/grouping/split-defect.ts';
import { forgetPerson } from '../../../src/usecases/people/forget-person.ts';
import { changeSettings } from '../../../src/usecases/programs/change-settings.ts';
import { readSettings } from '../../../src/usecases/programs/read-settings.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { snoozeDefect } from '../../../src/usecases/reminders/snooze-defect.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { connectTracker } from '../../../src/usecases/trackers/connect/change-tracker.ts';
import { answerQuestion, askForInfo } from '../../../src/usecases/triage/decisions/ask-for-info.ts';
import { deferDefect } from '../../../src/usecases/triage/decisions/defer-defect.ts';
import { aProgram, aReport, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { someKeys } from '../../some-keys.ts';
import type { ProgramInTest } from '../proof/fix-world.ts';
import { openAt, sendAll } from '../triage/triage-world.ts';

/** Whatever UGONE types has this word in it, and nobody else uses it. */
const TYPED = 'Zanzibar';
const gone = { by: 'UGONE', now: MONDAY };
const ana = { by: 'UANA', now: MONDAY };
const person = (program: { workspaceId: string }) => ({
  workspaceId: program.workspaceId,
  userId: 'UGONE',
  pseudonym: pseudonymOf('0123abcd'),
});

describe.each(databases)('erasing a person on $name', ({ open }) => {
  let db: Db;
  let close: () => Promise<void>;
  let program: ProgramInTest;
  beforeEach(async () => {
    ({ db, close } = await open());
    program = await aProgram(db, { leadIds: ['UGONE'], facilitatorIds: ['UANA', 'UGONE'] });
    const cadences = defaultCadences(program, '2026-11-23');
    for (const ritual of RITUALS)
      await insertSchedule(db, { programId: program.id, ritual, cadence: cadences[ritual], createdAt: MONDAY });
    await upsertPerson(db, {
      workspaceId: program.workspaceId,
      userId: 'UGONE',
      name: `Zoe ${TYPED}`,
      timeZone: 'Europe/Berlin',
      refreshedAt: MONDAY,
    });
  });
  afterEach(() => close());

  const everything = async () => JSON.stringify(await Promise.all(EVERY_TABLE.map((table) => db.select().from(table))));
  const report = (reporterId: string, title: string) =>
    aReport(program, {
      reporterId,
      title,
      description: `${title}, and more`,
      link: `https://x.example/${title.split(' ')[0]}`,
    });

  /** A bit of everything that a person can type and be named in. */
  async function live(): Promise<void> {
    const file = async (reporterId: string, title: string, into?: number) =>
      (await fileReport(db, program, report(reporterId, title), into)).defect;
    const first = await file('UGONE', `${TYPED} webhook times out`);
    await file('UANA', 'Webhook is slow', first.id);
    await file('UGONE', `${TYPED} once more`, first.id);
    await file('UGONE', `${TYPED} alone`);
    const anas = await file('UANA', 'Sync stops, says <@UGONE>');
    await file('UBEN', 'Sync stops again', anas.id);
    await file('UGONE', `${TYPED} sync`, anas.id);
    const dismissed = await file('UBEN', 'Colour is off');
    await acceptRisk(db, program, dismissed.number, `${TYPED} does not mind`, gone);
    const { triage } = await openAt(db, program, MONDAY);
    await deferDefect(db, program, anas.number, `${TYPED} looks first`, { ...gone, triageId: triage?.id });
    await askForInfo(db, program, first.number, `${TYPED} asks since when`, gone);
    await answerQuestion(db, program, first.number, 'Since Sunday', ana);
    await relabelDefect(db, program, first.number, { severity: 'S1', reason: `${TYPED} is hurt` }, gone);
    const criteria = [
      { kind: 'max_reports' as const, limit: 0 },
      { kind: 'link' as const, what: `the ${TYPED} test https://ci.example/1` },
      { kind: 'second_person' as const, userId: 'UGONE' },
    ];
    await acceptDefect(
      db,
      program,
      first.number,
      { ownerId: 'UGONE', dueOn: '2026-12-01', criteria, escape: 'no_test' },
      gone,
    );
    await snoozeDefect(db, program, first.number, { untilOn: '2026-11-27', reason: `${TYPED} is away` }, gone);
    await claimFix(
      db,
      program,
      first.number,
      { fixKind: 'code', keepingNote: `${TYPED} wrote https://ci.example/test`, environments: [], deployedAt: MONDAY },
      gone,
    );
    const own = await db.select().from(reports).where(eq(reports.defectId, anas.id)).orderBy(asc(reports.id));
    await splitDefect(db, program, anas.number, { title: `${TYPED} split`, reportIds: [own[1]?.id ?? 0] }, gone);
    const settings = await readSettings(db, program);
    await changeSettings(db, program, { ...settings, agendaLimit: 7, facilitatorIds: ['UGONE'] }, gone);
    await assignedInTracker(anas.id);
  }

  /** Their account in a tracker, and a ticket that is assigned to it. */
  async function assignedInTracker(defectId: number): Promise<void> {
    const place = { kind: 'github', place: 'acme/api', webUrl: 'https://github.com/acme/api', account: 'bot' } as const;
    const keep = { keys: someKeys, token: 'ghp_sixteen_characters', secret: 'sixteen-characters', address: 'address' };
    const tracker = await connectTracker(db, program, place, keep, ana);
    const home = { programId: program.id, kind: 'github', home: 'https://github.com' } as const;
    const account = { account: TYPED, name: TYPED, userId: 'UGONE', knownBy: 'email' } as const;
    await keepAccount(db, home, account, MONDAY);
    await insertTicket(db, {
      ...{
        programId: program.id,
        trackerId: tracker.id,
        defectId,
        marker: 'marker',
        linkedBy: 'UANA',
        linkedAt: MONDAY,
      },
      ...{
        assignees: [{ id: TYPED, name: TYPED }],
        agreedAssignees: [TYPED],
        agreedOwnerId: 'UGONE',
        assigneeGiven: TYPED,
      },
    });
  }

  it('leaves neither the id nor a word of theirs in any column of any table', async () => {
    const asked = { workspaceId: program.workspaceId, receivedAt: MONDAY };
    await live();
    expect(await everything()).toContain(TYPED);
    await sendAll(db, program);
    await db.insert(requests).values([
      { ...asked, key: 'by them', state: 'recorded', body: '{"user":{"id":"UGONE"}}' },
      { ...asked, key: 'quotes them', state: 'closed', answer: `{"title":"${TYPED} webhook times out"}` },
      { ...asked, key: 'of others', state: 'recorded', body: '{"user":{"id":"UANA"}}' },
    ]);
    const result = await forgetPerson(db, person(program), { unassign: true, now: MONDAY });
    const left = await everything();
    expect([...left.matchAll(/.{0,90}(zanzibar|UGONE).{0,40}/gi)].map(([found]) => found)).toEqual([]);
    expect(left).toContain('somebody-0123abcd');
    expect(result).toMatchObject({ kind: 'forgotten', unassigned: [{ number: 1 }] });
    const tables = result.kind === 'forgotten' ? [...result.erased.keys()].sort() : [];
    expect(tables).toEqual([
      'audit_entries',
      'criteria',
      'defect_events',
      'defects',
      'groupings',
      'outbox',
      'people',
      'reports',
      'requests',
      'snoozes',
      'tracker_people',
      'triage_items',
    ]);
    const after = await findProgram(db, program.workspaceId, program.id);
    expect([after?.leadIds, after?.facilitatorIds]).toEqual([[], []]);
  });

  it('is refused while they own open defects, with a list of them, and then nothing is erased', async () => {
    await live();
    const before = await everything();
    const result = await forgetPerson(db, person(program), { unassign: false, now: MONDAY });
    expect(result).toMatchObject({ kind: 'owns', defects: [{ number: 1, program: 'Launch stability' }] });
    expect(await everything()).toBe(before);
  });

  it('names a defect by what somebody else told of it, and by nothing where nobody did', async () => {
    await live();
    await forgetPerson(db, person(program), { unassign: true, now: MONDAY });
    const titleOf = async (number: number) => (await findDefectByNumber(db, program.id, number))?.title;
    expect([await titleOf(1), await titleOf(2), await titleOf(3)]).toEqual([
      'Webhook is slow',
      'Words erased',
      'Sync stops, says somebody-0123abcd',
    ]);
    expect(await findLikelyRepeats(db, program.id, { title: `${TYPED} times out` })).toEqual([]);
    const found = await findLikelyRepeats(db, program.id, { title: 'The sync stops' });
    expect(found.map(({ number }) => number)).toContain(3);
  });

  it('keeps the addresses that a proof rests on', async () => {
    await live();
    await forgetPerson(db, person(program), { unassign: true, now: MONDAY });
    expect((await findDefectByNumber(db, program.id, 1))?.keepingNote).toBe('Words erased https://ci.example/test');
  });

  it('sends what waits for others without their words, and nothing to them', async () => {
    const at = later(MONDAY, HOUR_MS);
    const waiting = (key: string, channel: string, text: string) => ({
      workspaceId: program.workspaceId,
      programId: program.id,
      dedupeKey: key,
      kind: 'post' as const,
      channel,
      body: { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] },
      runAt: at,
      createdAt: MONDAY,
    });
    await fileReport(db, program, report('UGONE', `${TYPED} & more of what was told at length`));
    await db
      .insert(outbox)
      .values([
        waiting('a', 'UGONE', 'A reminder'),
        waiting('b', 'C1', `D-1 ${TYPED} &amp; more of what was t…`),
        waiting('c', 'C1', 'D-2 is of <@UGONE> and <@UANA>'),
      ]);
    await forgetPerson(db, person(program), { unassign: false, now: MONDAY });
    const rows = await db.select().from(outbox).orderBy(asc(outbox.dedupeKey));
    expect(rows.map(({ state, body }) => [state, body.text])).toEqual([
      ['superseded', 'Words erased'],
      ['due', 'Words erased'],
      ['due', 'D-2 is of somebody-0123abcd and <@UANA>'],
    ]);
  });

  it('leaves the same id of another workspace alone', async () => {
    const other = await aProgram(db, { leadIds: ['UGONE'] });
    await fileReport(db, other, aReport(other, { reporterId: 'UGONE', title: `${TYPED} elsewhere` }));
    await forgetPerson(db, person(program), { unassign: false, now: MONDAY });
    const [kept] = await db.select().from(reports).where(eq(reports.programId, other.id));
    expect([kept?.reporterId, kept?.title]).toEqual(['UGONE', `${TYPED} elsewhere`]);
    expect((await findProgram(db, other.workspaceId, other.id))?.leadIds).toEqual(['UGONE']);
  });

  it('stands for a person by a name that mentions nobody', () => {
    expect(mention(pseudonymOf('0123abcd-ef')).source).toBe('somebody-0123abcd');
  });
});
