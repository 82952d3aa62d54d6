export {
  findOfficeOf,
  listOfficePrograms,
  listOffices,
  listOfficesNear,
  listWorkspacesToRollUp,
  type Office,
} from '../../db/office/offices.ts';
