import { Refusal } from '../errors/refusal.ts';
import type { TrackerKind } from './tracker.ts';

/** What a tracker calls the place that somebody named, `acme/api`. A Refusal where nothing can be called so. */
export function placeNamed(kind: TrackerKind, typed: string): string {
  switch (kind) {
    case 'github': {
      const named = typed
        .trim()
        .replace(/^https?:\/\/[^/]+\//i, '')
        .replace(/(\.git)?\/*$/, '');
      if (/^[\w-]{1,39}\/[\w.-]{1,100}$/.test(named) && !/\/\.{1,2}$/.test(named)) return named;
      throw new Refusal('Give the repository as its address says it: acme/api.', 'place');
    }
    case 'linear': {
      const key = keyIn(typed, /^https:\/\/linear\.app\/[^/]+\/(?:team|issue)\//);
      if (key) return key;
      throw new Refusal('Give the key of the team, which its issues begin with: ENG.', 'place');
    }
    case 'jira': {
      const key = keyIn(typed, /^https?:\/\/.*\/(?:browse|projects)\//);
      if (key) return key;
      throw new Refusal('Give the key of the project, which its issues begin with: OPS.', 'place');
    }
  }
}

/** The key by itself, or as it stands in the address of its place or of a ticket there. */
function keyIn(typed: string, before: RegExp): string | null {
  const given = typed.trim();
  const rest = given.replace(before, '');
  const pattern = rest === given ? /^([a-z][a-z0-9_]{0,19})$/i : /^([a-z][a-z0-9_]{0,19})(?:[-/?#].*)?$/i;
  return pattern.exec(rest)?.[1]?.toUpperCase() ?? null;
}

/** A token as it is sent in a header. */
export function parseToken(typed: string): string {
  const token = typed.trim();
  if (/^[\x21-\x7a\x7c-\x7e][\x21-\x7e]{7,399}$/.test(token)) return token;
  throw new Refusal('A token has 8 to 400 characters and no spaces.', 'token');
}

/** What webhooks are signed with, as a tracker shows it; null where nothing was typed. */
export function parseSecret(typed: string): string | null {
  const secret = typed.trim();
  if (secret === '' || /^[\x21-\x7e]{16,200}$/.test(secret)) return secret || null;
  throw new Refusal('A signing secret has 16 to 200 characters and no spaces.', 'secret');
}
