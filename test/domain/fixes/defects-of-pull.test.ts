import { describe, expect, it } from 'vitest';
import { defectsOfPull } from '../../../src/domain/fixes/defects-of-pull.ts';

const tickets = [
  { key: 'acme/api#7', url: 'https://github.com/acme/api/issues/7', defect: 70 },
  { key: 'acme/web#7', url: 'https://github.com/acme/web/issues/7', defect: 71 },
  { key: 'ENG-12', url: 'https://linear.app/acme/issue/ENG-12', defect: 72 },
];
const read = (said: { title?: string; body?: string; branch?: string }, readsKeys = true) =>
  defectsOfPull({ title: '', body: '', branch: 'main', ...said }, { place: 'acme/api', tickets, readsKeys }).map(
    ({ defect, by }) => `${by} ${defect}`,
  );

describe('a pull request belongs to a defect', () => {
  it.each([
    [{ body: 'Fixes D-42' }, ['keyword 42']],
    [{ title: 'Retry (resolves d-42)' }, ['keyword 42']],
    [{ body: 'This closed: D-42, D-43 and D-44.' }, ['keyword 42', 'keyword 43', 'keyword 44']],
    [{ body: 'Fixes D-42\nfix D-9' }, ['keyword 42', 'keyword 9']],
    [{ branch: 'd-42-retry-timeouts' }, ['branch 42']],
    [{ branch: 'ana/D-42' }, ['branch 42']],
    [{ body: 'fixes D-42', branch: 'd-42' }, ['keyword 42']],
    [{ body: 'Fixes #7' }, ['ticket 70']],
    [{ body: 'closes acme/web#7' }, ['ticket 71']],
    [{ body: 'resolve https://github.com/acme/api/issues/7' }, ['ticket 70']],
    [{ body: 'Fixes ENG-12' }, ['ticket 72']],
    [{ body: 'fixes #7, and D-42' }, ['keyword 42', 'ticket 70']],
  ])('as %j says', (said, expected) => {
    expect(read(said)).toEqual(expected);
  });

  it.each([
    { body: 'Related to D-42' },
    { body: 'prefixes D-42' },
    { body: 'This does not fix anything. D-42 is open.' },
    { body: 'Write `fixes D-42` in the text' },
    { body: '<!-- fixes D-42 -->' },
    { body: '```\nfixes D-42\n```' },
    { body: 'fixes D-0' },
    { body: 'fixes D-99999999999' },
    { body: 'fixes D-4294967297' },
    { body: 'fixes #8' },
    { body: 'fixes acme/other#7' },
    { branch: 'add-42-things' },
    { branch: 'd-42things' },
  ])('but not as %j says', (said) => {
    expect(read(said)).toEqual([]);
  });

  it('by its ticket alone where a key could be of another program', () => {
    expect(read({ body: 'fixes D-42, #7', branch: 'd-42' }, false)).toEqual(['ticket 70']);
  });
});
