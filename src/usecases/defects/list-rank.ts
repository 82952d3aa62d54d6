import { LIST_COUNTED, LIST_PAGE, rankList } from '../../blocks/defects/rank-list.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { countRanked, listRanked, type RankFilter } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { listAreas, type Program } from '../../db/programs/programs.ts';
import { findSample } from '../../db/programs/samples.ts';
import type { ListFilter } from '../../domain/command.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { areaCalled } from '../../domain/programs/areas.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { Doing } from '../doing.ts';
import { describeDefect } from './describe-defect.ts';

/** One page of the open defects by rank. */
export async function listRank(
  db: Db,
  program: Program,
  wanted: ListFilter,
  offset: number,
  doing: Doing,
): Promise<Message> {
  const { filter, heading, nothing } = await understand(db, program, wanted, doing);
  const [defects, total, sample] = await Promise.all([
    listRanked(db, program.id, filter, { limit: LIST_PAGE, offset }),
    countRanked(db, program.id, filter, LIST_COUNTED),
    findSample(db, program.id),
  ]);
  return rankList({
    heading,
    nothing,
    total,
    offset,
    defects: defects.map((defect) => describeDefect(defect, program, doing.now)),
    hasSample: sample !== null,
    todayOn: localDateOn(doing.now, program.timeZone),
    pageValue: (next) => JSON.stringify({ programId: program.id, filter: wanted, offset: next }),
  });
}

async function understand(
  db: Db,
  program: Program,
  wanted: ListFilter,
  { by, now }: Doing,
): Promise<{ filter: RankFilter; heading: string; nothing: string }> {
  switch (wanted) {
    case 'top':
      return { filter: { kind: 'all' }, heading: 'Open defects', nothing: 'No defect is open.' };
    case 'mine':
      return {
        filter: { kind: 'owner', userId: by },
        heading: 'Your open defects',
        nothing: 'You own no open defect.',
      };
    case 'overdue':
      return {
        filter: { kind: 'overdue', todayOn: localDateOn(now, program.timeZone) },
        heading: 'Overdue defects',
        nothing: 'Nothing is overdue.',
      };
    case 'unowned':
      return {
        filter: { kind: 'unowned' },
        heading: 'Open defects without an owner',
        nothing: 'Every open defect has an owner.',
      };
    case 'proving':
      return {
        filter: { kind: 'proving' },
        heading: 'Claimed fixes, being proven',
        nothing: 'No fix is being proven.',
      };
  }
  const areas = await listAreas(db, program.id);
  const typed = wanted.areaNamed.toLowerCase();
  const area = areaCalled(areas, wanted.areaNamed) ?? areas.find(({ name }) => name.toLowerCase().startsWith(typed));
  if (!area) {
    const names = areas.map(({ name }) => `\`${name}\``).join(', ');
    throw new Refusal(
      `There is no list or area of that name. Areas: ${names}. Lists: \`top\`, \`mine\`, \`overdue\`, \`unowned\`, \`proving\`.`,
    );
  }
  return {
    filter: { kind: 'area', areaId: area.id },
    heading: `Open defects in ${area.name}`,
    nothing: `No defect is open in ${area.name}.`,
  };
}
