import { describe, expect, it } from 'vitest';
import { agentsTyped, coAuthorsIn, makerOf } from '../../../src/domain/fixes/maker.ts';

describe('who made a fix', () => {
  it.each([
    [{ author: 'ana' }, 'person'],
    [{ author: 'renovate[bot]', authorIsBot: true }, 'bot'],
    [{ author: 'deployer', authorIsBot: true }, 'bot'],
    [{ author: 'Copilot-SWE-agent[bot]', authorIsBot: true }, 'agent'],
    [{ author: 'ana', coAuthors: ['bo'] }, 'person'],
    [{ author: 'ana', coAuthors: ['bo', 'claude[bot]'] }, 'agent'],
    [{ author: 'ana', coAuthors: ['Claude'] }, 'person'],
    [{ author: 'acme-coder' }, 'agent'],
    [{ author: 'ana', coAuthors: ['ACME-coder'] }, 'agent'],
  ])('%j is told as %s', (given, expected) => {
    expect(makerOf({ authorIsBot: false, coAuthors: [], ...given }, ['acme-coder'])).toBe(expected);
  });

  it('co-authors are named by their login where the address tells it', () => {
    const messages = [
      'Retry\n\nCo-authored-by: Bo Berg <7+bo@users.noreply.github.com>\nCo-Authored-By: Claude <noreply@anthropic.com>',
      'Again\n\nCo-authored-by: Bo Berg <bo@users.noreply.github.com>\n',
      'Once more\n\nCo-authored-by: Claude <claude@example.com>',
      'A sentence that says Co-authored-by: nobody',
    ];
    expect(coAuthorsIn(messages)).toEqual(['bo', 'claude[bot]', 'Claude']);
  });

  it('the list of a tracker is read by lines or commas', () => {
    expect(agentsTyped(' @acme-coder, fixer[bot]\n\nacme-coder')).toEqual(['acme-coder', 'fixer[bot]']);
  });
});
