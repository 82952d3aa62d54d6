import { z } from 'zod';
import { LEAD_ACTIONS } from '../../blocks/kit/ids.ts';
import { onPage } from '../../requests/listen/on-button.ts';
import { showAudit } from '../../usecases/programs/show-audit.ts';
import type { Deps } from '../deps.ts';

const pageValue = z.object({ programId: z.number(), offset: z.number().int().min(0).max(1_000_000) });

/** The pages of `/defect audit`. */
export function registerAudit(deps: Deps): void {
  onPage(deps, [LEAD_ACTIONS.auditPage, LEAD_ACTIONS.auditNextPage], {
    right: 'lead',
    names: ({ value }) => pageValue.parse(JSON.parse(value)),
    page: ({ program, named: { offset } }) => showAudit(deps.db, program, offset),
  });
}
