import { describe, expect, it } from 'vitest';
import {
  may,
  type Person,
  type Right,
  type Role,
  type RoleSettings,
  roleIn,
} from '../../../src/domain/people/roles.ts';

const HERE = { isPrivate: false, isInChannel: true };
const OUTSIDE = { isPrivate: false, isInChannel: false };
const PRIVATE_HERE = { isPrivate: true, isInChannel: true };
const PRIVATE_OUTSIDE = { isPrivate: true, isInChannel: false };
const SEATS = { HERE, OUTSIDE, PRIVATE_HERE, PRIVATE_OUTSIDE };

const person = (over: Partial<Person> = {}): Person => ({
  userId: 'U1',
  ids: ['U1'],
  standing: 'member',
  isAdmin: false,
  ...over,
});
const program = (over: Partial<RoleSettings> = {}): RoleSettings => ({
  leadIds: ['ULEAD'],
  deciderIds: null,
  strangersMayReport: false,
  ...over,
});

type Case = {
  who: string;
  person?: Partial<Person>;
  program?: Partial<RoleSettings>;
  roles: Record<keyof typeof SEATS, Role | null>;
};

const lead = { HERE: 'lead', OUTSIDE: 'lead', PRIVATE_HERE: 'lead', PRIVATE_OUTSIDE: null } as const;
const nobody = { HERE: null, OUTSIDE: null, PRIVATE_HERE: null, PRIVATE_OUTSIDE: null } as const;

const CASES: Case[] = [
  {
    who: 'a full member',
    roles: { HERE: 'decider', OUTSIDE: 'reader', PRIVATE_HERE: 'decider', PRIVATE_OUTSIDE: null },
  },
  {
    who: 'a full member who is not among the named deciders',
    program: { deciderIds: ['UOTHER'] },
    roles: { HERE: 'reader', OUTSIDE: 'reader', PRIVATE_HERE: 'reader', PRIVATE_OUTSIDE: null },
  },
  {
    who: 'a full member where nobody at all is named to decide',
    program: { deciderIds: [] },
    roles: { HERE: 'reader', OUTSIDE: 'reader', PRIVATE_HERE: 'reader', PRIVATE_OUTSIDE: null },
  },
  {
    who: 'a named decider',
    program: { deciderIds: ['U1'] },
    roles: { HERE: 'decider', OUTSIDE: 'decider', PRIVATE_HERE: 'decider', PRIVATE_OUTSIDE: null },
  },
  { who: 'a lead', program: { leadIds: ['UOTHER', 'U1'] }, roles: lead },
  {
    who: 'a lead who is named by another id',
    person: { ids: ['U1', 'W1'] },
    program: { leadIds: ['W1'] },
    roles: lead,
  },
  { who: 'an admin', person: { isAdmin: true }, roles: lead },
  { who: 'an admin where there is no lead', person: { isAdmin: true }, program: { leadIds: [] }, roles: lead },
  {
    who: 'a full member where there is no lead',
    program: { leadIds: [] },
    roles: { HERE: 'decider', OUTSIDE: 'reader', PRIVATE_HERE: 'decider', PRIVATE_OUTSIDE: null },
  },
  {
    who: 'a guest, whatever the program names them',
    person: { standing: 'guest' },
    program: { leadIds: ['U1'], deciderIds: ['U1'] },
    roles: { HERE: 'reader', OUTSIDE: null, PRIVATE_HERE: 'reader', PRIVATE_OUTSIDE: null },
  },
  { who: 'a stranger', person: { standing: 'stranger' }, program: { leadIds: ['U1'] }, roles: nobody },
  {
    who: 'a stranger where strangers may report',
    person: { standing: 'stranger' },
    program: { leadIds: ['U1'], deciderIds: ['U1'], strangersMayReport: true },
    roles: { HERE: 'stranger', OUTSIDE: null, PRIVATE_HERE: 'stranger', PRIVATE_OUTSIDE: null },
  },
  {
    who: 'a deactivated account',
    person: { standing: 'deactivated', isAdmin: true },
    program: { leadIds: ['U1'], strangersMayReport: true },
    roles: nobody,
  },
  { who: 'a bot', person: { standing: 'bot', isAdmin: true }, program: { leadIds: ['U1'] }, roles: nobody },
];

describe('the role in a program', () => {
  const rows = CASES.flatMap(({ who, roles, ...of }) =>
    Object.entries(roles).map(([seat, role]) => ({ who, seat: seat as keyof typeof SEATS, role, ...of })),
  );
  it.each(rows)('of $who, $seat, is $role', ({ person: who, program: over, seat, role }) => {
    expect(roleIn(program(over), person(who), SEATS[seat])).toBe(role);
  });
});

describe('what a role may', () => {
  const rights: Right[] = ['report', 'read', 'answer', 'decide', 'lead'];
  it.each<[Role, Right[]]>([
    ['stranger', ['report']],
    ['reader', ['report', 'read', 'answer']],
    ['decider', ['report', 'read', 'answer', 'decide']],
    ['lead', ['report', 'read', 'answer', 'decide', 'lead']],
  ])('%s may %j and nothing else', (role, allowed) => {
    expect(rights.filter((right) => may(role, right))).toEqual(allowed);
  });
});
