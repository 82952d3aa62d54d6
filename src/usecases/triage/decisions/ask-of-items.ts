import type { UndecidedItem } from '../../../blocks/triage/triage-item.ts';
import { reasonWords } from '../../../blocks/triage/triage-words.ts';
import type { Db } from '../../../db/engine/client.ts';
import type { Program } from '../../../db/programs/programs.ts';
import type { TriageItemOfDefect } from '../../../db/triage/triages.ts';
import { reasonOfKind, suggestionFor } from '../../../domain/triage/agenda.ts';
import { type AgendaEntry, gatherEntries } from '../agenda/gather-agenda.ts';
import { noteAgenda } from '../agenda/note-agenda.ts';
import { proposePromises } from '../agenda/propose-promises.ts';
import { triagedDefect } from '../render-triage.ts';

/** All that an item asks, from the facts as they stand. */
export type AskedOfItem = UndecidedItem;

/** What the undecided items of a thread ask, by the id of the defect. A reason that is gone is told as it was. */
export async function askedOfItems(
  db: Db,
  program: Program,
  items: readonly TriageItemOfDefect[],
  now: Date,
): Promise<Map<number, AskedOfItem>> {
  const waiting = items.filter(({ item }) => item.decision === null);
  if (waiting.length === 0) return new Map();
  const entries = new Map((await gatherEntries(db, program, now)).map((entry) => [entry.row.id, entry]));
  const open = waiting.flatMap(({ item, defect }) => {
    const entry = entries.get(defect.id);
    return entry ? [{ item, entry }] : [];
  });
  const shown = open.map(({ entry }) => entry);
  const notes = await noteAgenda(db, program, shown, now);
  const proposals = await proposePromises(db, program, rowsOf(shown), now);
  return new Map(
    open.flatMap(({ item, entry }) => {
      const proposal = proposals.get(entry.row.id);
      if (!proposal) return [];
      const reason = reasonOfKind(item.kind, entry);
      const suggestion = suggestionFor(entry, reason?.kind ?? item.kind, item.streak);
      const asked: AskedOfItem = {
        ref: { programId: program.id, number: entry.number },
        defect: triagedDefect(entry.row, program, now),
        reason: item.kind === 'unowned' && entry.ownerId ? '' : reason ? reasonWords(reason) : item.reason,
        streak: item.streak,
        suggestion,
        proposal,
        notes: Object.values(notes.get(entry.row.id) ?? {}).filter((note) => note !== null),
      };
      return [[entry.row.id, asked] as const];
    }),
  );
}

function rowsOf(entries: readonly AgendaEntry[]) {
  return entries.map(({ row }) => row);
}
