import { describe, expect, it } from 'vitest';
import { installationOf, placeOf } from '../../../src/requests/once/received.ts';

const OURS = 'TOURS';
const THEIRS = 'TTHEIRS';
const theirView = { app_installed_team_id: OURS, team_id: THEIRS };

describe('the workspace that the bot is installed in', () => {
  it.each([
    ['a command', { team_id: OURS, user_id: 'U1' }],
    ['a click of ours', { team: { id: OURS }, user: { id: 'U1', team_id: OURS } }],
    ['a click of somebody of another organisation', { team: { id: OURS }, user: { id: 'U1', team_id: THEIRS } }],
    ['a click in a window of theirs', { team: { id: THEIRS }, user: { id: 'U1', team_id: THEIRS }, view: theirView }],
    ['a form of ours', { team: { id: OURS }, user: { team_id: OURS }, view: { app_installed_team_id: OURS } }],
    ['a form of theirs', { team: { id: THEIRS }, user: { team_id: THEIRS }, view: theirView }],
    ['a closed window of theirs', { team: { id: THEIRS }, user: { team_id: THEIRS }, view: theirView }],
    ['a list of options', { team: { id: OURS }, user: { id: 'U1', team_id: THEIRS } }],
    ['a shortcut', { team: { id: OURS }, user: { team_id: OURS } }],
    ['a shortcut where the whole organisation has installed the bot', { team: null, user: { team_id: OURS } }],
    [
      'an event of theirs in a shared channel',
      { team_id: THEIRS, authorizations: [{ team_id: OURS }], event: { team: THEIRS } },
    ],
    ['an event whose authorization names no workspace', { team_id: OURS, authorizations: [{ team_id: null }] }],
    ['an event without authorizations', { team_id: OURS, authorizations: [] }],
  ])('is known from %s', (_, body) => {
    expect(installationOf(body)).toBe(OURS);
  });

  it('is nowhere in a request that names none, which is refused', () => {
    for (const body of [{}, { team: {} }, { team: null, user: {}, view: null, authorizations: [{}] }])
      expect(() => installationOf(body)).toThrow('without a workspace');
  });

  it('is its organisation where something is about all its workspaces at once', () => {
    const ofAll = { enterprise_id: 'EISLANDS', authorizations: [{ team_id: null, enterprise_id: 'EISLANDS' }] };
    expect(placeOf(ofAll)).toBe('EISLANDS');
    expect(placeOf({ ...ofAll, team_id: OURS })).toBe(OURS);
    expect(() => placeOf({ authorizations: [] })).toThrow('without a workspace');
  });
});
