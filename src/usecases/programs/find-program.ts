export type { Area, ProgramAndAreas } from '../../db/programs.ts';
export { listAreas } from '../../db/programs.ts';
