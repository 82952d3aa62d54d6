import { describe, expect, it } from 'vitest';
import { personOf, type SlackAccount } from '../../../src/domain/people/standing.ts';

const HOME = 'THOME';
const member: SlackAccount = {
  id: 'U1',
  team_id: HOME,
  deleted: false,
  is_bot: false,
  is_admin: false,
  is_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
};
const standing = (account: SlackAccount) => personOf(account, 'U1', HOME)?.standing ?? null;
const without = (account: SlackAccount, ...fields: (keyof SlackAccount)[]): SlackAccount =>
  Object.fromEntries(Object.entries(account).filter(([field]) => !fields.includes(field as keyof SlackAccount)));

describe('who somebody is to the workspace', () => {
  it('a full member has both guest flags, and both are false', () => {
    expect(personOf(member, 'U1', HOME)).toEqual({ userId: 'U1', ids: ['U1'], standing: 'member', isAdmin: false });
  });

  it.each([
    ['is_restricted'],
    ['is_ultra_restricted'],
    ['is_restricted', 'is_ultra_restricted'],
  ] as (keyof SlackAccount)[][])('without %s nobody is taken for a member', (...missing) => {
    expect(personOf(without(member, ...missing), 'U1', HOME)).toBeNull();
  });

  it.each([{ is_restricted: true }, { is_ultra_restricted: true }, { is_restricted: true, is_ultra_restricted: true }])(
    'is a guest with %j, also where the other flag is missing',
    (flags) => {
      expect(standing({ ...member, ...flags })).toBe('guest');
      expect(standing({ ...without(member, 'is_restricted', 'is_ultra_restricted'), ...flags })).toBe('guest');
    },
  );

  it('is deactivated, without any of the flags that Slack leaves out then, and whatever else it says', () => {
    const left = { id: 'U1', team_id: HOME, deleted: true, is_bot: false };
    expect(personOf(left, 'U1', HOME)).toMatchObject({ standing: 'deactivated', isAdmin: false });
    expect(personOf({ ...member, deleted: true, is_admin: true }, 'U1', HOME)).toMatchObject({
      standing: 'deactivated',
      isAdmin: false,
    });
    expect(standing({ ...left, team_id: 'TELSEWHERE' })).toBe('deactivated');
  });

  it('is a bot where Slack says so', () => {
    expect(standing({ ...member, is_bot: true })).toBe('bot');
  });

  it.each([
    ['who shares a channel with the app, where is_stranger is false', { ...member, is_stranger: false }],
    ['where is_stranger is missing', member],
    ['where is_stranger is true', { id: 'U1', is_stranger: true }],
    ['whom their own workspace calls admin and owner', { ...member, is_admin: true, is_owner: true }],
  ])('is a stranger of another organisation %s', (_, account) => {
    expect(personOf({ ...account, team_id: 'TELSEWHERE' }, 'U1', HOME)).toMatchObject({
      standing: 'stranger',
      isAdmin: false,
    });
  });

  it('is a stranger where is_stranger is true, though the team is ours', () => {
    expect(standing({ ...member, is_stranger: true })).toBe('stranger');
  });

  it('cannot be told without a team', () => {
    expect(personOf(without(member, 'team_id'), 'U1', HOME)).toBeNull();
    expect(personOf({}, 'U1', HOME)).toBeNull();
  });

  it.each(['is_admin', 'is_owner'] as const)('is an admin here with %s', (flag) => {
    expect(personOf({ ...member, [flag]: true }, 'U1', HOME)?.isAdmin).toBe(true);
  });

  it('a guest is no admin, whatever the flags say', () => {
    expect(personOf({ ...member, is_restricted: true, is_admin: true }, 'U1', HOME)?.isAdmin).toBe(false);
  });

  describe('in an organisation of several workspaces', () => {
    const org = (teams: string[], over: SlackAccount = {}) => ({
      ...member,
      team_id: 'TSIBLING',
      enterprise_user: { id: 'W1', teams },
      ...over,
    });

    it('is at home in each workspace that the organisation names', () => {
      expect(standing(org(['TSIBLING', HOME]))).toBe('member');
      expect(standing(without(org([HOME]), 'team_id'))).toBe('member');
    });

    it('is a stranger in a workspace that it does not name', () => {
      expect(standing(org(['TSIBLING']))).toBe('stranger');
    });

    it('an admin of the organisation alone is no admin here', () => {
      const account = org([HOME]);
      const enterpriseUser = { ...account.enterprise_user, is_admin: true, is_owner: true };
      expect(personOf({ ...account, enterprise_user: enterpriseUser }, 'U1', HOME)?.isAdmin).toBe(false);
    });

    it('goes by every id that Slack has for the person, once each', () => {
      expect(personOf(org([HOME], { id: 'U2' }), 'U1', HOME)?.ids).toEqual(['U1', 'U2', 'W1']);
      expect(personOf({ ...org([HOME]), id: 'W1' }, 'W1', HOME)?.ids).toEqual(['W1']);
    });
  });
});
