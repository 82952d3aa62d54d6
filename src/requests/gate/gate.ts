import { cannotSeeWords, GATE_WORDS, lackWords } from '../../blocks/people/gate-words.ts';
import type { Db } from '../../db/engine/client.ts';
import { listPeople } from '../../db/people/people.ts';
import { findProgram, listPrograms, type Program } from '../../db/programs/programs.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import {
  may,
  type Person,
  type Right,
  type Role,
  type RoleSettings,
  roleIn,
  roleWithoutChannel,
} from '../../domain/people/roles.ts';
import { CannotFindOut } from './cannot-find-out.ts';
import type { Directory, Lookup } from './directory.ts';

/** Who asks for what, and where: in a program that the request names, else in that of the channel, else in their own. */
export type Ask = Lookup & {
  userId: string;
  right: Right;
  channelId?: string | undefined;
  programId?: number | undefined;
};

/** What says who may read something: a channel, and who may do more than others in it. */
export type Readable = Pick<Program, 'name' | 'channelId' | 'channelState'> & RoleSettings;

export type Admitted = { program: Program; person: Person; role: Role };

/** The only way to a program. What cannot be found out is refused, and every refusal is a sentence. */
export type Gate = {
  /** @param programs the workspace's programs where they are known already */
  admit: (ask: Ask, programs?: readonly Program[]) => Promise<Admitted>;
  /** Refuses to give somebody a part in a program that they cannot see, at the field where they were named. */
  mustSee: (of: Lookup, program: Readable, userId: string, field?: string) => Promise<void>;
};

type Rated = { program: Program; role: Role };

export function createGate({ db, directory }: { db: Db; directory: Directory }): Gate {
  return {
    admit: async (ask, programs) => {
      // Only what a lead may do asks Slack each time; everything else relies on what was asked minutes ago.
      const anew = ask.right === 'lead' ? 'anew' : undefined;
      const person = await directory.findPerson(ask, ask.userId, anew);
      if (!person) throw new CannotFindOut();
      if (person.standing === 'deactivated' || person.standing === 'bot') throw new Refusal(GATE_WORDS.notHere);
      const { program, role } = await choose(ask, person, programs ?? (await programsFor(db, ask)), anew);
      if (!may(role, ask.right)) throw new Refusal(await lacking(db, program, person, ask));
      return { program, person, role };
    },
    mustSee: async (of, program, userId, field) => {
      const person = await directory.findPerson(of, userId);
      if (!person) throw new CannotFindOut(field);
      const role = await rate(of, program, person);
      if (role === 'unknown') throw new CannotFindOut(field);
      if (!role || role === 'stranger') throw new Refusal(cannotSeeWords(program.name), field);
    },
  };

  /** The first program that exists for this person. One that cannot be judged right now hides only what comes after its own channel's. */
  async function choose(ask: Ask, person: Person, programs: readonly Program[], anew?: 'anew'): Promise<Rated> {
    let isUnknown = false;
    for (const program of inOrder(ask, person, programs)) {
      const role = await rate(ask, program, person, anew);
      if (role && role !== 'unknown') return { program, role };
      isUnknown ||= role === 'unknown';
      if (role === 'unknown' && program.channelId === ask.channelId) break;
    }
    if (isUnknown) throw new CannotFindOut();
    throw new Refusal(ask.programId === undefined ? GATE_WORDS.noProgram : GATE_WORDS.notNamed);
  }

  async function rate(of: Lookup, program: Readable, person: Person, anew?: 'anew'): Promise<Role | null | 'unknown'> {
    const [isPrivate, members] = await Promise.all([
      directory.isPrivate(of, program.channelId, anew),
      directory.listMembers(of, program.channelId, anew),
    ]);
    if (program.channelState === 'gone' && isPrivate === null) return roleWithoutChannel(program, person);
    if (isPrivate === null || members === null) return 'unknown';
    return roleIn(program, person, { isPrivate, isInChannel: person.ids.some((id) => members.has(id)) });
  }
}

async function programsFor(db: Db, { workspaceId, programId }: Ask): Promise<readonly Program[]> {
  if (programId === undefined) return listPrograms(db, workspaceId);
  const named = Number.isSafeInteger(programId) ? await findProgram(db, workspaceId, programId) : null;
  return named ? [named] : [];
}

/** The program that is named or else that of the channel, then the default one, then the others. A stranger has the channel's. */
function inOrder({ channelId, programId }: Ask, person: Person, programs: readonly Program[]): readonly Program[] {
  if (programId !== undefined) return programs.filter(({ id }) => id === programId);
  const here = programs.filter((program) => program.channelId === channelId);
  if (person.standing === 'stranger') return here;
  const elsewhere = programs.filter((program) => program.channelId !== channelId);
  return [
    ...here,
    ...elsewhere.filter(({ isDefault }) => isDefault),
    ...elsewhere.filter(({ isDefault }) => !isDefault),
  ];
}

async function lacking(db: Db, program: Program, { standing }: Person, { right, workspaceId }: Ask): Promise<string> {
  const { name, leadIds, deciderIds } = program;
  const people = await listPeople(db, workspaceId, [...leadIds, ...(deciderIds ?? [])]);
  const namesOf = (ids: readonly string[]) =>
    ids.flatMap((id) => people.find(({ userId }) => userId === id)?.name ?? []);
  const named = {
    name,
    leads: namesOf(leadIds),
    deciders: deciderIds && namesOf(deciderIds),
    leadCount: leadIds.length,
  };
  return lackWords(right, named, standing);
}
