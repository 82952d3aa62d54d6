import { expect, it } from 'vitest';
import { type KnownChannel, newsOf, type SeenChannel, stateOf } from '../../../src/domain/programs/channel.ts';

const seen: SeenChannel = { name: 'eng-stability', isPrivate: false, isArchived: false, isMember: true };
const open: KnownChannel = { state: 'open', isPrivate: false };
const never: KnownChannel = { state: null, isPrivate: null };

it.each<[string, KnownChannel, SeenChannel | null, string[]]>([
  ['as it was', open, seen, []],
  ['never looked at and well', never, seen, []],
  ['never looked at and archived', never, { ...seen, isArchived: true }, ['archived']],
  ['archived', open, { ...seen, isArchived: true }, ['archived']],
  ['still archived', { ...open, state: 'archived' }, { ...seen, isArchived: true }, []],
  ['brought back', { ...open, state: 'archived' }, seen, ['back']],
  ['brought back without the bot', { ...open, state: 'archived' }, { ...seen, isMember: false }, ['left']],
  ['left', open, { ...seen, isMember: false }, ['left']],
  ['deleted', open, null, ['gone']],
  ['still deleted', { ...open, state: 'gone' }, null, []],
  ['made private', open, { ...seen, isPrivate: true }, ['made_private']],
  ['made public', { ...open, isPrivate: true }, seen, ['made_public']],
  ['archived and made private', open, { ...seen, isPrivate: true, isArchived: true }, ['archived', 'made_private']],
])('of a channel that is %s, the news is told once', (_, known, now, news) => {
  expect(newsOf(known, now)).toEqual(news);
  expect(newsOf({ state: stateOf(now), isPrivate: now?.isPrivate ?? known.isPrivate }, now)).toEqual([]);
});
