import { readStatus } from './read-status.ts';

/** What a tracker's resolution means for a defect. */
export type ResolutionKind = 'fixed' | 'duplicate' | 'risk_accepted' | 'not_a_defect';

const WORDS: Record<ResolutionKind, readonly string[]> = {
  fixed: ['fixed', 'fix', 'done', 'resolved', 'implemented', 'complete', 'completed', 'delivered', 'pending closed'],
  duplicate: ['duplicate', 'dup', 'superseded'],
  risk_accepted: [
    "won't fix",
    "won't do",
    'not planned',
    'later',
    'remind',
    'deferred',
    'abandoned',
    'workaround',
    'known error',
    'known issue',
    'accepted risk',
  ],
  not_a_defect: [
    'invalid',
    'cannot reproduce',
    "can't reproduce",
    'not reproducible',
    'works for me',
    'not a bug',
    'not a problem',
    'not a defect',
    'works as designed',
    'by design',
    'incomplete',
    'information provided',
    'question',
    'cannot reproduce anymore',
    'could not reproduce',
    'unable to reproduce',
    'moved',
    'expired',
    'external',
    'out of scope',
    'no longer applicable',
    'removed from the backlog',
    'obsolete',
    'not a valid bug',
  ],
};

const KINDS = new Map(
  (Object.keys(WORDS) as ResolutionKind[]).flatMap((kind) => WORDS[kind].map((word) => [lettersOf(word), kind])),
);

/** Undefined for a word that says nothing known. A report that was closed without a word was fixed, as far as anybody said. */
export function readResolution(words: string | undefined): ResolutionKind | undefined {
  return words === undefined ? 'fixed' : (KINDS.get(lettersOf(words)) ?? readStatus(words));
}

function lettersOf(words: string): string {
  return words.toLowerCase().replaceAll(/[^a-z]/g, '');
}
