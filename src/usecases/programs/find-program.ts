export type { Area, ProgramAndAreas } from '../../db/programs/programs.ts';
export { listAreas } from '../../db/programs/programs.ts';
