import type { Right, Standing } from '../../domain/people/roles.ts';
import { listed } from '../kit/words.ts';

/** Why somebody is not let through, and whom to ask. A program that somebody may not see is not told of. */
export const GATE_WORDS = {
  unknown: 'I cannot find out right now what you may see and do here, so nothing was done. Try again in a minute.',
  noProgram:
    'There is no stability program here that you can see. Invite me to a channel and I will start one there, or ask to be invited to the channel of one.',
  notNamed: 'This is of a program that is no longer here, or that you cannot see. Ask to be invited to its channel.',
  notHere: 'This account cannot use Burndown.',
} as const;

/** For whoever sees the program but may not do this in it. `leads` are those of its leads whose names are known. */
export function lackWords(
  right: Right,
  program: { name: string; deciders: readonly string[] | null; leads: readonly string[]; leadCount: number },
  standing: Standing,
): string {
  const { name, deciders, leads, leadCount } = program;
  if (standing === 'stranger') return 'People of other organisations can report here, and nothing else.';
  if (right === 'lead') {
    if (leadCount === 0) return `${name} has no lead yet, so this is for an admin of the workspace. Ask one of them.`;
    return `This is for ${leadCount === 1 ? 'the lead' : 'the leads'} of ${name}. Ask ${orWords(leads)}.`;
  }
  if (standing === 'guest') return `Guests read and report in ${name}; its full members decide. Ask one of them.`;
  if (deciders === null) return `What becomes of a defect is decided in ${name}. Join that channel, then try again.`;
  return `What becomes of a defect is decided by a few people in ${name}. Ask ${orWords([...deciders, ...leads])}.`;
}

/** For whoever is to be given something of a program that they cannot see. */
export function cannotSeeWords(programName: string): string {
  return `This person cannot see ${programName}. Invite them to that channel first.`;
}

function orWords(names: readonly string[]): string {
  const few = [...new Set(names)].slice(0, 3);
  if (few.length === 0) return 'its lead';
  return listed(few).replace(/ and ([^,]*)$/, ' or $1');
}
