import { z } from 'zod';
import { defectModal } from '../../blocks/defects/defect-card.ts';
import { ACTIONS } from '../../blocks/kit/ids.ts';
import type { ListFilter } from '../../domain/command.ts';
import { onOpen, onPage } from '../../requests/on-button.ts';
import { type HomeOf, onHome } from '../../requests/on-home.ts';
import { listRank } from '../../usecases/defects/list-rank.ts';
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

  onPage(deps, [ACTIONS.listPage, ACTIONS.listNextPage], {
    right: 'read',
    names: ({ value }) => pageValue.parse(JSON.parse(value)),
    page: ({ program, named, doing }) => listRank(db, program, named.filter, named.offset, doing),
  });

  onHome(deps, homeOf(deps));
}
