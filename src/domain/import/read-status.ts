import type { ResolutionKind } from './read-resolution.ts';

/** What trackers call a state in which nobody works on it any more, and what that makes of a defect. */
const CLOSED: Record<ResolutionKind, readonly string[]> = {
  fixed: [
    'done',
    'closed',
    'resolved',
    'verified',
    'fixed',
    'complete',
    'completed',
    'released',
    'deployed',
    'shipped',
    'accepted',
    'delivered',
    'obsolete',
    'removed',
    'archived',
    'merged',
    'finished',
    'done done',
    // The same in the languages that exports come in most.
    'erledigt',
    'fertig',
    'geschlossen',
    'gelöst',
    'behoben',
    'abgeschlossen',
    'fermé',
    'résolu',
    'terminé',
    'cerrado',
    'resuelto',
    'hecho',
    'chiuso',
    'risolto',
    'fechado',
    'resolvido',
    'concluído',
    'gesloten',
    'opgelost',
  ],
  duplicate: ['duplicate', 'duplikat'],
  risk_accepted: ["won't fix", "won't do", 'wont fix', 'deferred', 'ignored', 'muted', 'later'],
  not_a_defect: [
    'canceled',
    'cancelled',
    'rejected',
    'invalid',
    'declined',
    'abgelehnt',
    'abgebrochen',
    "can't reproduce",
    'incomplete',
    'not a bug',
    'as designed',
  ],
};

const KINDS = new Map(
  (Object.keys(CLOSED) as ResolutionKind[]).flatMap((kind) => CLOSED[kind].map((word) => [plain(word), kind])),
);

/** What a closed state makes of a defect; undefined for one that is open, or that says nothing known. */
export function readStatus(status: string | undefined): ResolutionKind | undefined {
  return status === undefined ? undefined : KINDS.get(plain(status));
}

/** Whether a state says that somebody has opened it again, whatever it was closed on before. */
export function isReopened(status: string | undefined): boolean {
  return status !== undefined && ['reopened', 'unresolved', 'regressed'].includes(plain(status));
}

function plain(words: string): string {
  return words.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
}
