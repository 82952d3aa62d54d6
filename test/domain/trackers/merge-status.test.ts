import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Agreed, agreedByLink, mergeStatus } from '../../../src/domain/trackers/merge-status.ts';
import { TICKET_STATUSES, type TicketStatus } from '../../../src/domain/trackers/ticket-status.ts';

type Side = { status: TicketStatus; at: number };
type World = { ours: Side; theirs: Side & { isOwn: boolean }; agreed: Agreed };
type Edit = { side: 'ours' | 'theirs'; status: TicketStatus; at: number };

const aStatus = fc.constantFrom(...TICKET_STATUSES);
const start = (status: TicketStatus): World => ({
  ours: { status, at: 0 },
  theirs: { status, at: 0, isOwn: true },
  agreed: { ours: status, oursAt: new Date(0), theirs: status, theirsAt: new Date(0), given: null },
});

/** Setting what is set already is no edit. */
function edit(world: World, { side, status, at }: Edit): void {
  if (world[side].status === status) return;
  if (side === 'ours') world.ours = { status, at };
  else world.theirs = { status, at, isOwn: false };
}

const agree = ({ ours, theirs }: World): Agreed => ({
  ours: ours.status,
  oursAt: new Date(ours.at),
  theirs: theirs.status,
  theirsAt: new Date(theirs.at),
  given: null,
});

/** One look at both sides. The bot may die once it has said what it gives, and once it has given it. */
function look(world: World, at: number, dies: 'before' | 'after' | 'never'): void {
  const { ours, theirs, agreed } = world;
  const step = mergeStatus(
    agreed,
    { status: ours.status, at: new Date(ours.at) },
    { status: theirs.status, at: new Date(theirs.at), isOwn: theirs.isOwn },
  );
  if (step.kind === 'take') world.ours = { status: theirs.status, at };
  if (step.kind === 'give') {
    world.agreed = { ...agreed, given: step.status };
    if (dies === 'before') return;
    world.theirs = { status: step.status, at, isOwn: true };
    if (dies === 'after') return;
  }
  world.agreed = agree(world);
}

const someEdits = fc
  .tuple(
    fc.array(fc.record({ side: fc.constantFrom('ours', 'theirs'), status: aStatus }), { minLength: 1, maxLength: 3 }),
    aStatus,
  )
  .map(([edits, status]) => ({ status, edits: edits.map((one, i) => ({ ...one, at: (i + 1) * 10 }) as Edit) }));

/** After each edit, and before the first, so many looks happen. */
const someLooks = fc.array(fc.array(fc.constantFrom('before', 'after', 'never'), { maxLength: 3 }), {
  minLength: 4,
  maxLength: 4,
});

/** Saying on one side what the other has said already is an edit or none, as one has heard of it or not. */
function saysSomethingNew({ status, edits }: { status: TicketStatus; edits: Edit[] }): boolean {
  return edits.every((one, i) => {
    const before = edits.slice(0, i);
    const own = before.findLast(({ side }) => side === one.side)?.status ?? status;
    return one.status !== own && !before.some((other) => other.side !== one.side && other.status === one.status);
  });
}

function play({ status, edits }: { status: TicketStatus; edits: Edit[] }, looks: ('before' | 'after' | 'never')[][]) {
  const world = start(status);
  for (const [i, one] of [undefined, ...edits].entries()) {
    if (one) edit(world, one);
    for (const [j, dies] of (looks[i] ?? []).entries()) look(world, i * 10 + j + 1, dies);
  }
  for (let at = 100; at < 104; at += 1) look(world, at, 'never');
  return world;
}

describe('a defect and its ticket', () => {
  it('end the same on both sides, whenever they were looked at in between and wherever the bot died', () => {
    fc.assert(
      fc.property(someEdits, someLooks, (edits, looks) => {
        const { ours, theirs } = play(edits, looks);
        expect(ours.status).toBe(theirs.status);
      }),
      { numRuns: 2_000 },
    );
  });

  it('end as the last edit says, in every interleaving of edits and looks', () => {
    fc.assert(
      fc.property(someEdits, someLooks, (edits, looks) => {
        fc.pre(saysSomethingNew(edits));
        expect(play(edits, looks).ours.status).toBe(edits.edits.at(-1)?.status);
      }),
      { numRuns: 5_000 },
    );
  });

  it('write nothing more once they agree', () => {
    fc.assert(
      fc.property(someEdits, someLooks, (edits, looks) => {
        const { ours, theirs, agreed } = play(edits, looks);
        const at = new Date(theirs.at);
        const step = mergeStatus(agreed, { ...ours, at: new Date(ours.at) }, { ...theirs, at });
        expect(step).toEqual({ kind: 'rest' });
      }),
    );
  });

  it('end the same after two edits in every interleaving with looks that the bot survives or not', () => {
    const deaths = [[], ['before'], ['after'], ['never']] as const;
    const sides = ['ours', 'theirs'] as const;
    const each = <T, U>(all: readonly T[], make: (one: T) => U[]) => all.flatMap(make);
    const differing = each(TICKET_STATUSES, (status) =>
      each(sides, (one) =>
        each(sides, (two) =>
          each(TICKET_STATUSES, (first) =>
            each(TICKET_STATUSES, (second) => {
              const edits: Edit[] = [
                { side: one, status: first, at: 10 },
                { side: two, status: second, at: 20 },
              ];
              const ends = each(deaths, (before) =>
                each(deaths, (between) =>
                  each(deaths, (after) => {
                    const looks = [[...before], [...between], [...after]];
                    const { ours, theirs } = play({ status, edits }, looks);
                    return ours.status === theirs.status ? [ours.status] : ['apart'];
                  }),
                ),
              );
              const isOne = new Set(ends).size === 1 && !ends.includes('apart');
              // Saying what the other side has said already is an edit or none, as one has heard of it or not.
              const mayDiffer = !saysSomethingNew({ status, edits }) && !ends.includes('apart');
              return isOne || mayDiffer ? [] : [{ status, edits, ends: [...new Set(ends)] }];
            }),
          ),
        ),
      ),
    );
    expect(differing).toEqual([]);
  });

  const open: Agreed = { ours: 'done', oursAt: new Date(10), theirs: 'open', theirsAt: new Date(0), given: 'done' };
  it('know what was given for an echo only where our own account gave it', () => {
    const ours = { status: 'open' as const, at: new Date(20) };
    expect(mergeStatus(open, ours, { status: 'done', at: new Date(30), isOwn: true })).toEqual({
      kind: 'give',
      status: 'open',
    });
    expect(mergeStatus(open, ours, { status: 'done', at: new Date(30), isOwn: false })).toEqual({ kind: 'take' });
    expect(mergeStatus(open, ours, { status: 'not_planned', at: new Date(30), isOwn: true })).toEqual({ kind: 'take' });
  });
});

describe('a defect that is accepted while its ticket is closed and opened', () => {
  type NewWorld = { ours: Side; isNew: boolean; theirs: Side & { isOwn: boolean }; agreed: Agreed | null };
  type Said = { what: 'accept' | TicketStatus; at: number };
  const LINKED_AT = 5;

  const instants = ({ ours, theirs }: NewWorld) =>
    [
      { ...ours, at: new Date(ours.at) },
      { ...theirs, at: new Date(theirs.at) },
    ] as const;

  function say(world: NewWorld, { what, at }: Said): void {
    if (what === 'accept') {
      world.ours = { status: 'open', at };
      world.isNew = false;
    } else if (world.theirs.status !== what) world.theirs = { status: what, at, isOwn: false };
  }

  /** Nothing is claimed or set aside of a defect that nobody has accepted: somebody is asked. */
  function compare(world: NewWorld, at: number, dies: 'before' | 'after' | 'never'): void {
    const [ours, theirs] = instants(world);
    const agreed = world.agreed ?? agreedByLink(new Date(LINKED_AT), ours, theirs);
    const step = mergeStatus(agreed, ours, theirs);
    if (step.kind === 'take' && !world.isNew) world.ours = { status: theirs.status, at };
    if (step.kind === 'give') {
      if (world.agreed) world.agreed = { ...world.agreed, given: step.status };
      if (dies === 'before') return;
      world.theirs = { status: step.status, at, isOwn: true };
      if (dies === 'after') return;
    }
    world.agreed = agree({ ...world, agreed });
  }

  /** Some of what happens to the ticket, with an acceptance among it. Closing what is closed so is nothing. */
  const someSaid = fc
    .tuple(fc.array(aStatus, { maxLength: 3 }), fc.nat({ max: 3 }), aStatus)
    .filter(([statuses, , status]) => statuses.every((one, i) => one !== (i === 0 ? status : statuses[i - 1])))
    .map(([statuses, place, status]) => {
      const said = [...statuses.slice(0, place), 'accept' as const, ...statuses.slice(place)];
      return { status, said: said.map((what, i): Said => ({ what, at: (i + 1) * 10 })) };
    });

  function play({ status, said }: { status: TicketStatus; said: Said[] }, looks: ('before' | 'after' | 'never')[][]) {
    const theirs = { status, at: 0, isOwn: false };
    const world: NewWorld = { ours: { status: 'open', at: 0 }, isNew: true, theirs, agreed: null };
    for (const [i, one] of [undefined, ...said].entries()) {
      if (one) say(world, one);
      // The first look comes after the link.
      for (const [j, dies] of (looks[i] ?? []).entries()) compare(world, i * 10 + LINKED_AT + 1 + j, dies);
    }
    for (let at = 100; at < 104; at += 1) compare(world, at, 'never');
    return world;
  }

  it('ends on both sides as was said last, wherever it was looked at and the bot died', () => {
    fc.assert(
      fc.property(someSaid, someLooks, (all, looks) => {
        const { ours, theirs } = play(all, looks);
        const last = all.said.at(-1)?.what;
        expect([ours.status, theirs.status]).toEqual(Array(2).fill(last === 'accept' ? 'open' : last));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is given nothing more once both agree', () => {
    fc.assert(
      fc.property(someSaid, someLooks, (all, looks) => {
        const world = play(all, looks);
        const [ours, theirs] = instants(world);
        expect(world.agreed && mergeStatus(world.agreed, ours, theirs)).toEqual({ kind: 'rest' });
      }),
    );
  });

  it('has no news in what both sides were before the link', () => {
    const [ours, theirs] = [
      { status: 'open', at: new Date(1) } as const,
      { status: 'done', at: new Date(2), isOwn: false } as const,
    ];
    expect(mergeStatus(agreedByLink(new Date(LINKED_AT), ours, theirs), ours, theirs)).toEqual({ kind: 'rest' });
  });
});
