/** Which defect a button is about; the program and the thread are left out where the button stands outside of one. */
export type DefectRef = { number: number; programId?: number | undefined; triageId?: number | undefined };

/** The value of a button: `42`, `7.42` or `7.42.19` for defect 42 of program 7 in triage 19. */
export function defectRefValue({ number, programId, triageId }: DefectRef): string {
  if (programId === undefined) return String(number);
  return [programId, number, ...(triageId === undefined ? [] : [triageId])].join('.');
}

/** Reads what `defectRefValue` wrote. Null for anything else, since a client sends what it likes. */
export function parseDefectRef(value: string): DefectRef | null {
  if (!/^\d{1,15}(\.\d{1,15}){0,2}$/.test(value)) return null;
  const parts = value.split('.').map(Number);
  if (parts.length === 1) return { number: parts[0] ?? 0 };
  return { programId: parts[0], number: parts[1] ?? 0, triageId: parts[2] };
}
