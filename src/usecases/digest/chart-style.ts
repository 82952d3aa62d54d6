import type { Db } from '../../db/engine/client.ts';
import { findWorkspace, type Program } from '../../db/programs/programs.ts';
import type { ChartStyle } from '../../domain/digest/charts.ts';
import { DAY_MS } from '../../domain/time/durations.ts';

/** Slack's chart block reaches workspaces one after the other, so a refusal does not hold for ever. */
const REFUSED_FOR_DAYS = 28;

/** How a program's charts can be shown now: as pictures where Slack lately refused to draw them itself. */
export async function styleNow(db: Db, program: Program, now: Date): Promise<ChartStyle> {
  if (program.charts !== 'native') return program.charts;
  const refusedAt = (await findWorkspace(db, program.workspaceId))?.nativeChartsRefusedAt;
  const isRefused = refusedAt != null && now.getTime() - refusedAt.getTime() < REFUSED_FOR_DAYS * DAY_MS;
  return isRefused ? 'pictures' : 'native';
}
