import { z } from 'zod';
import { defectModal } from '../../blocks/defects/defect-card.ts';
import { reportsModal } from '../../blocks/defects/report-blocks.ts';
import { ACTIONS } from '../../blocks/kit/ids.ts';
import type { ListFilter } from '../../domain/command.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type Naming, TOO_OLD } from '../../requests/door.ts';
import { inModal } from '../../requests/listen/answer.ts';
import { onChange, onOpen, onPage } from '../../requests/listen/on-button.ts';
import { type HomeOf, onHome } from '../../requests/listen/on-home.ts';
import { listRank } from '../../usecases/defects/list-rank.ts';
import { readReports } from '../../usecases/defects/read-reports.ts';
import { showDefect } from '../../usecases/defects/show-defect.ts';
import { readHome } from '../../usecases/programs/read-board.ts';
import type { Deps } from '../deps.ts';
import { defectInValue } from './named-defect.ts';

const pageValue = z.object({
  programId: z.number(),
  offset: z.number().int().min(0).max(1_000_000),
  filter: z.union([
    z.enum(['top', 'mine', 'overdue', 'unowned', 'proving']),
    z.object({ areaNamed: z.string().max(200) }),
  ]) satisfies z.ZodType<ListFilter>,
});

/** A button's value is a program, a defect of it, and from which of its reports on. */
const reportsPageInValue: Naming<{ number: number; offset: number }> = ({ value }) => {
  const [, programId, number, offset] = /^(\d{1,15})\.(\d{1,9})\.(\d{1,7})$/.exec(value) ?? [];
  if (!number) throw new Refusal(TOO_OLD);
  return { programId: Number(programId), number: Number(number), offset: Number(offset) };
};

/** App Home of whoever asks. */
export function homeOf({ db }: Pick<Deps, 'db'>): HomeOf {
  return ({ program, role, doing }) => readHome(db, program, role, doing);
}

export function registerBrowsing(deps: Deps): void {
  const { db } = deps;
  onOpen(deps, ACTIONS.showDefect, {
    right: 'read',
    names: defectInValue,
    view: async ({ program, named: { number }, now }) =>
      defectModal(number, await showDefect(db, program, number, now)),
  });

  onOpen(deps, ACTIONS.showReports, {
    right: 'read',
    names: reportsPageInValue,
    view: async ({ program, named: { number, offset }, now }) =>
      reportsModal(await readReports(db, program, number, offset, now)),
  });
  onChange(deps, [ACTIONS.reportsPage, ACTIONS.reportsNextPage], {
    right: 'read',
    names: reportsPageInValue,
    change: async ({ client, program, view, named: { number, offset }, now }) => {
      const page = reportsModal(await readReports(db, program, number, offset, now));
      await inModal(client, view?.id, page);
    },
  });

  onPage(deps, [ACTIONS.listPage, ACTIONS.listNextPage], {
    right: 'read',
    names: ({ value }) => pageValue.parse(JSON.parse(value)),
    page: ({ program, named, doing }) => listRank(db, program, named.filter, named.offset, doing),
  });

  onHome(deps, homeOf(deps));
}
