import { describe, expect, it } from 'vitest';
import { accessTyped } from '../../../src/domain/trackers/access.ts';
import { parseSecret, parseToken, placeNamed } from '../../../src/domain/trackers/place.ts';
import { ticketInUrl } from '../../../src/domain/trackers/ticket-url.ts';

const api = { kind: 'github', place: 'acme/api', webUrl: 'https://github.com/acme/api' } as const;
const seven = { externalId: '7', key: 'acme/api#7', url: 'https://github.com/acme/api/issues/7' };

describe('the address of a ticket', () => {
  it.each([
    'https://github.com/acme/api/issues/7',
    'https://github.com/Acme/API/issues/7/',
    'https://github.com/acme/api/issues/7?notification=1#issuecomment-2',
    'https://GitHub.com/acme/api/issues/7/edits',
  ])('is known in %s', (url) => {
    expect(ticketInUrl(api, url)).toEqual(seven);
  });

  it.each([
    'https://github.com/acme/api',
    'https://github.com/acme/api/pull/7',
    'https://github.com/acme/api-two/issues/7',
    'https://github.com/acme/api/issues/0',
    'https://github.com/acme/api/issues/7x',
    'https://github.com/acme/api/issues/99999999999',
    'https://github.com.evil.example/acme/api/issues/7',
    'http://github.com/acme/api/issues/7',
    'https://somebody@github.com/acme/api/issues/7',
    'javascript:alert(1)',
    'issues/7',
    `https://github.com/acme/api/issues/7?${'x'.repeat(3000)}`,
  ])('is no other: %.60s', (url) => {
    expect(ticketInUrl(api, url)).toBeNull();
  });
});

describe('what a lead types to connect a repository', () => {
  it.each(['acme/api', ' acme/api/ ', 'https://github.com/acme/api', 'https://github.com/acme/api.git'])(
    'is understood: %s',
    (typed) => {
      expect(placeNamed('github', typed)).toBe('acme/api');
    },
  );

  it.each(['', 'acme', 'acme/api/issues', '../api', 'acme/..', 'acme/a b', 'acme/api?x=1'])(
    'is refused: %s',
    (typed) => {
      expect(() => placeNamed('github', typed)).toThrow('acme/api');
    },
  );

  it('is a token only where it can stand in a header', () => {
    expect(parseToken(' ghp_0123456789 ')).toBe('ghp_0123456789');
    for (const typed of ['', 'short', 'two words here', 'line\nbreak-in-it', 'ünicode-token', 'x'.repeat(401)])
      expect(() => parseToken(typed)).toThrow('8 to 400');
  });
});

describe('an address of Linear', () => {
  const eng = { kind: 'linear', place: 'ENG', webUrl: 'https://linear.app/acme/team/ENG' } as const;
  it.each([
    'https://linear.app/acme/issue/ENG-7',
    'https://linear.app/acme/issue/ENG-7/webhook-times-out',
    'https://linear.app/Acme/issue/eng-7?a=b',
  ])('names an issue in %s', (url) => {
    expect(ticketInUrl(eng, url)).toEqual({
      externalId: 'ENG-7',
      key: 'ENG-7',
      url: 'https://linear.app/acme/issue/ENG-7',
    });
  });
  it.each([
    'https://linear.app/acme/issue/OPS-7',
    'https://linear.app/other/issue/ENG-7',
    'https://linear.app/acme/issue/ENG-0',
    'https://linear.app/acme/issue/ENG-7x',
    'https://linear.app/acme/team/ENG',
    'https://linear.app.evil.example/acme/issue/ENG-7',
    'https://linear.app/acme/issue/ENG-',
  ])('names none in %s', (url) => {
    expect(ticketInUrl(eng, url)).toBeNull();
  });
  it.each([
    ['eng', 'ENG'],
    [' ENG ', 'ENG'],
    ['https://linear.app/acme/team/ENG/active', 'ENG'],
    ['https://linear.app/acme/issue/ENG-12/title', 'ENG'],
  ])('and the key of a team is read in %s', (typed, key) => {
    expect(placeNamed('linear', typed)).toBe(key);
  });
  it.each(['', 'acme/api', 'two words', '7', 'https://linear.app/acme'])('is refused for a team: %s', (typed) => {
    expect(() => placeNamed('linear', typed)).toThrow('key of the team');
  });
});

describe('a signing secret', () => {
  it('is taken without the space around it, and nothing typed is none', () => {
    expect(parseSecret(' lin_wh_0123456789 ')).toBe('lin_wh_0123456789');
    expect(parseSecret('  ')).toBeNull();
  });
  it.each(['too-short', 'with a space in it, and long'])('is refused where it cannot be one: %s', (typed) => {
    expect(() => parseSecret(typed)).toThrow('16 to 200');
  });
});

describe('an address of Jira', () => {
  const ops = { kind: 'jira', place: 'OPS', webUrl: 'https://jira.acme.example/jira/browse/OPS' } as const;
  it.each(['https://jira.acme.example/jira/browse/OPS-7', 'https://jira.acme.example/jira/browse/ops-7?focusedId=1'])(
    'names an issue in %s',
    (url) => {
      const named = { externalId: 'OPS-7', key: 'OPS-7', url: 'https://jira.acme.example/jira/browse/OPS-7' };
      expect(ticketInUrl(ops, url)).toEqual(named);
    },
  );
  it.each([
    'https://jira.acme.example/browse/OPS-7',
    'https://jira.acme.example/jira/browse/API-7',
    'https://other.example/jira/browse/OPS-7',
    'https://jira.acme.example/jira/browse/OPS',
  ])('names none in %s', (url) => {
    expect(ticketInUrl(ops, url)).toBeNull();
  });
});

describe('what was typed to reach a Jira', () => {
  const typed = {
    place: 'ops',
    token: 'some-token',
    site: 'https://acme.atlassian.net/jira/your-work',
    email: 'b@acme.example',
    ...{ app: '', installation: '', key: '' },
  };
  it('is the site, the project and the account with its token', () => {
    expect(accessTyped('jira', typed)).toMatchObject({
      ...{ place: 'OPS', site: 'https://acme.atlassian.net', token: 'b@acme.example:some-token' },
    });
  });
  it('is the token alone for Data Center, at whatever path it stands', () => {
    const there = {
      ...typed,
      email: '',
      site: 'https://acme.example/jira/browse/OPS-1',
      place: 'https://acme.example/jira/browse/OPS-1',
    };
    expect(accessTyped('jira', there)).toMatchObject({
      place: 'OPS',
      site: 'https://acme.example/jira',
      token: 'some-token',
    });
  });
  it.each([
    ['site', { site: 'acme' }],
    ['site', { site: 'http://acme.atlassian.net' }],
    ['site', { site: 'https://me:secret@acme.atlassian.net' }],
    ['email', { email: 'somebody' }],
    ['token', { token: 'no' }],
    ['place', { place: 'two words' }],
  ])('is refused at its field, %s, for %o', (field, wrong) => {
    expect(() => accessTyped('jira', { ...typed, ...wrong })).toThrow(expect.objectContaining({ field }));
  });
});
