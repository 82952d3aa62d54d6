import { afterEach, describe, expect, it } from 'vitest';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import { listPrograms } from '../../../src/db/programs/programs.ts';
import { snoozes } from '../../../src/db/schema/rituals.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { listAreas } from '../../../src/usecases/doing.ts';
import { askSecondPerson } from '../../../src/usecases/proof/ask-second-person.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { aReport, DAY_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

const THURSDAY = new Date('2026-11-19T10:00:00Z');
/** The next working morning in each of the sandbox's zones. */
const FRIDAY_EVENING = new Date('2026-11-20T14:30:00Z');

const embedded = databases.filter(({ name }) => name.includes('embedded'));

describe.each(embedded)('the buttons of a reminder on $name', (database) => {
  let running: RunningBot | undefined;
  afterEach(async () => {
    await running?.close();
    running = undefined;
  });

  it('snooze it and change its date, and say what is wrong in a form', async () => {
    running = await startRunningBot({ database, transport: 'socket', startAt: THURSDAY });
    const { db, pass, sandbox } = running;
    const ben = sandbox.person('ben');
    const [program] = await listPrograms(db);
    if (!program) throw new Error('The bot has started no program.');
    const areaIds = (await listAreas(db, program.id)).map(({ id }) => id);
    for (const title of ['Sync is late', 'Invoice twice']) {
      const report = aReport({ areaIds }, { title, seenAt: later(THURSDAY, -DAY_MS), filedAt: THURSDAY });
      const { defect } = await fileReport(db, program, report);
      const acceptance = { ownerId: ben.id, dueOn: '2026-11-20', criteria: [], escape: 'unknown' as const };
      await acceptDefect(db, program, defect.number, acceptance, { by: 'U0LEAD', now: THURSDAY });
    }
    await pass(FRIDAY_EVENING);
    const reminder = await ben.sees('2 defects in', { in: 'burndown' });

    await ben.click(reminder, { actionId: 'snooze', blockId: blockOf(reminder, 'D-1') });
    const snooze = await ben.modal('Snooze');
    await ben.fill(snooze, { until: '2026-11-19', reason: 'Waits for the vendor' });
    expect(JSON.stringify((await ben.submit(snooze)).errors)).toContain('Pick a day after today.');
    await ben.fill(snooze, { until: '2026-11-30' });
    await ben.submit(snooze);
    expect(words(await ben.modal('Done'))).toContain('You will not be reminded of D-1 before 30 Nov.');
    await ben.closeAll();
    expect(await db.select().from(snoozes)).toMatchObject([{ userId: ben.id, untilOn: '2026-11-30' }]);

    await ben.click(reminder, { actionId: 'change_due', blockId: blockOf(reminder, 'D-2') });
    const change = await ben.modal('Change date');
    await ben.fill(change, { due: '2026-12-04', reason: 'Needs a migration' });
    await ben.submit(change);
    expect(words(await ben.modal('Done'))).toContain('D-2 is due 4 Dec now.');
    await ben.closeAll();
    expect(await findDefectByNumber(db, program.id, 2)).toMatchObject({ dueOn: '2026-12-04' });
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });

  it('let the second person confirm a fix once', async () => {
    running = await startRunningBot({ database, transport: 'socket', startAt: THURSDAY });
    const { db, bot, sandbox } = running;
    const ana = sandbox.person('ana');
    const [program] = await listPrograms(db);
    if (!program) throw new Error('The bot has started no program.');
    const areaIds = (await listAreas(db, program.id)).map(({ id }) => id);
    const report = aReport({ areaIds }, { seenAt: later(THURSDAY, -DAY_MS), filedAt: THURSDAY });
    const { defect } = await fileReport(db, program, report);
    const criteria = [{ kind: 'second_person' as const, userId: ana.id }];
    const doing = { by: sandbox.person('ben').id, now: THURSDAY };
    const acceptance = { ownerId: doing.by, dueOn: '2026-11-20', criteria, escape: 'unknown' as const };
    await acceptDefect(db, program, defect.number, acceptance, doing);
    const claim = { keepingNote: 'A test', fixKind: 'code' as const, deployedAt: THURSDAY, environments: [] };
    const claimed = await claimFix(db, program, defect.number, claim, doing);
    await askSecondPerson(db, program, claimed, THURSDAY);
    await bot.beat();
    await ana.click(await ana.sees('you were named to confirm it', { in: 'burndown' }), 'confirm_fix');
    await ana.sees('You confirmed the fix of D-1.', { in: 'burndown' });
    expect((await listEvents(db, defect.id)).at(-1)).toMatchObject({ kind: 'confirmed', actorId: ana.id });
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });
});

function words(view: ModalView): string {
  return JSON.stringify([view.title, view.blocks]);
}

/** The block id of the buttons that follow the words of a defect. */
function blockOf(message: { blocks?: unknown[] }, key: string): string {
  const blocks = (message.blocks ?? []) as { type: string; block_id?: string; text?: { text: string } }[];
  const at = blocks.findIndex(({ text }) => text?.text.includes(`*${key}*`));
  return blocks[at + 1]?.block_id ?? '';
}
