import type { Db } from '../../src/db/engine/client.ts';
import { listAreas, listPrograms } from '../../src/db/programs/programs.ts';
import { programs } from '../../src/db/schema/workspaces.ts';
import { insertSignalSource } from '../../src/db/signals/signal-sources.ts';
import type { SignalKind } from '../../src/domain/signals/signal.ts';

const TOKEN = 'the-token-at-the-end-of-the-address';

/** A source of the running bot's program whose address and secret are known beforehand, with a lead who may change settings. */
export async function insertFixedSource(db: Db, wanted: { kind: SignalKind; area: string; secret: string }) {
  const lead = 'ULEAD';
  await db.update(programs).set({ leadIds: [lead] });
  const [program] = await listPrograms(db);
  if (!program) throw new Error('The bot has started no program.');
  const area = (await listAreas(db, program.id)).find(({ name }) => name === wanted.area);
  if (!area) throw new Error(`There is no area ${wanted.area}.`);
  const source = await insertSignalSource(db, {
    programId: program.id,
    kind: wanted.kind,
    name: `Our ${wanted.kind}`,
    areaId: area.id,
    severity: 'S3',
    mapping: null,
    token: TOKEN,
    secrets: [{ secret: wanted.secret, expiresAt: null }],
    createdBy: lead,
    createdAt: program.createdAt,
  });
  return { program: { ...program, leadIds: [lead] }, areaId: area.id, sourceId: source.id, lead, token: TOKEN };
}
