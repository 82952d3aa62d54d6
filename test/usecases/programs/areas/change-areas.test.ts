import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listRanked } from '../../../../src/db/defects/defects.ts';
import type { Db } from '../../../../src/db/engine/client.ts';
import { listWholeAudit } from '../../../../src/db/programs/audit.ts';
import type { Program } from '../../../../src/db/programs/programs.ts';
import { outbox } from '../../../../src/db/schema/messages.ts';
import { areas } from '../../../../src/db/schema/workspaces.ts';
import { listAreas } from '../../../../src/usecases/doing.ts';
import { addArea } from '../../../../src/usecases/programs/areas/add-area.ts';
import { changeArea } from '../../../../src/usecases/programs/areas/change-area.ts';
import { retireArea } from '../../../../src/usecases/programs/areas/retire-area.ts';
import { setAreaMetrics } from '../../../../src/usecases/reliability/set-area-metrics.ts';
import { aDefect, aProgram, MONDAY } from '../../../builders.ts';
import { databases } from '../../../databases.ts';

const doing = { by: 'ULEAD', now: MONDAY };

describe.each(databases)('areas on $name', ({ open }) => {
  let db: Db;
  let close: () => Promise<void>;
  let program: Program & { areaIds: number[] };
  beforeEach(async () => {
    ({ db, close } = await open());
    program = await aProgram(db);
  });
  afterEach(() => close());

  const names = async () => (await listAreas(db, program.id)).map(({ name }) => name);
  const audit = async () =>
    (await listWholeAudit(db, program.id)).map(({ kind, subject, before, after }) => [kind, subject, before, after]);
  const toldChannel = async () =>
    (await db.select().from(outbox))
      .filter(({ channel }) => channel === program.channelId)
      .map(({ body }) => JSON.stringify(body.blocks));

  it('a new area is there with its labels, and the channel hears of it', async () => {
    const said = await addArea(db, program, { name: 'onboarding', labels: 'signup, welcome' }, doing);
    expect(said).toEqual(['There is a new area, onboarding. Senders that say “signup” and “welcome” mean onboarding.']);
    expect(await names()).toEqual(['deployment', 'billing', 'connectivity', 'launch integration', 'onboarding']);
    expect(await audit()).toEqual([['area_added', 'onboarding', null, null]]);
    expect(await toldChannel()).toEqual([expect.stringContaining('There is a new area, onboarding.')]);
  });

  it('a renamed area keeps its place, its defects and its old name for senders', async () => {
    const billing = program.areaIds[1] ?? 0;
    await aDefect(db, program, { areaId: billing });
    await changeArea(db, program, billing, { name: 'money', labels: 'payments' }, doing);
    expect(await names()).toEqual(['deployment', 'money', 'connectivity', 'launch integration']);
    const [area] = (await listAreas(db, program.id)).filter(({ id }) => id === billing);
    expect(area?.labels).toEqual(['payments', 'billing']);
    expect((await listRanked(db, program.id, { kind: 'area', areaId: billing }, { limit: 5 })).length).toBe(1);
    expect(await audit()).toEqual([
      ['area_renamed', 'billing', null, 'money'],
      ['setting_changed', 'the labels of money', '', 'payments, billing'],
    ]);
  });

  it('labels alone are no news for the channel, and the same again is no change', async () => {
    const billing = program.areaIds[1] ?? 0;
    const said = await changeArea(db, program, billing, { name: 'billing', labels: 'payments' }, doing);
    expect(said).toEqual(['Senders that say “payments” mean billing.']);
    expect(await changeArea(db, program, billing, { name: 'billing', labels: 'payments' }, doing)).toEqual([]);
    expect(await toldChannel()).toEqual([]);
    expect(await audit()).toHaveLength(1);
  });

  it('a retired area gives all it has to another one, with a line in the history of each open defect', async () => {
    const [deployment = 0, billing = 0] = program.areaIds;
    const { id } = await aDefect(db, program, { areaId: billing });
    const said = await retireArea(db, program, billing, deployment, doing);
    expect(said).toEqual(['The area billing is retired into deployment. 1 open defect of it is there now.']);
    expect(await names()).toEqual(['deployment', 'connectivity', 'launch integration']);
    const [moved] = await listRanked(db, program.id, { kind: 'area', areaId: deployment }, { limit: 5 });
    expect(moved?.id).toBe(id);
    expect((await listAreas(db, program.id))[0]?.labels).toEqual(['billing']);
    expect(await audit()).toEqual([['area_retired', 'billing', null, 'deployment']]);
  });

  it('a name that was retired can be given again, and comes back empty', async () => {
    const [deployment = 0, billing = 0] = program.areaIds;
    await aDefect(db, program, { areaId: billing });
    await retireArea(db, program, billing, deployment, doing);
    await expect(addArea(db, program, { name: 'billing', labels: '' }, doing)).rejects.toMatchObject({
      field: 'name',
      message: '“billing” is a label of deployment. Take it out there first.',
    });
    await changeArea(db, program, deployment, { name: 'deployment', labels: '' }, doing);
    await addArea(db, program, { name: 'billing', labels: '' }, doing);
    expect(await names()).toEqual(['deployment', 'connectivity', 'launch integration', 'billing']);
    expect(await listRanked(db, program.id, { kind: 'area', areaId: billing }, { limit: 5 })).toEqual([]);
    expect(await db.select().from(areas)).toHaveLength(4);
  });

  it('an area with an objective is not retired, nor one into itself or into that of another program', async () => {
    const [deployment = 0, billing = 0] = program.areaIds;
    const metrics = {
      ...{ target: '99.9', periodDays: '30', thresholdSeconds: '', how: 'none' },
      ...{ labels: '', bad: '', total: '', uptime: '', latency: '' },
    };
    await setAreaMetrics(db, program, billing, metrics, doing);
    await expect(retireArea(db, program, billing, deployment, doing)).rejects.toMatchObject({
      field: 'into',
      message: 'billing has an objective or metrics. Clear them under Reliability first.',
    });
    const other = await aProgram(db, { name: 'Other' });
    for (const into of [deployment, other.areaIds[0] ?? 0])
      await expect(retireArea(db, program, deployment, into, doing)).rejects.toMatchObject({ field: 'into' });
    await expect(retireArea(db, other, billing, other.areaIds[0] ?? 0, doing)).rejects.toThrow('no longer in use');
    expect(await names()).toHaveLength(4);
  });
});
