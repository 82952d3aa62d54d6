import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub, tokenOf } from '../../../bench/trackers/github-server.ts';
import { NO_TRACKERS } from '../../../bench/trackers/no-trackers.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { trackerOpener } from '../../../src/trackers/open-tracker.ts';
import { introduceTracker } from '../../../src/usecases/trackers/connect/try-tracker.ts';

describe('a public repository', () => {
  let github: GithubServer;
  beforeAll(async () => {
    github = await startGithub();
  });
  afterAll(() => github.close());

  const introduce = (channelIsPrivate: boolean, place = 'ana/api') =>
    introduceTracker(
      trackerOpener({ fetch, hosts: { ...NO_TRACKERS, github: github.url } }),
      { name: '#eng-secret', channelIsPrivate } as Program,
      { kind: 'github', place, token: tokenOf('burndown-bot'), account: null },
    );

  it('is refused to a program whose channel is private, at the field that names it', async () => {
    await expect(introduce(true)).rejects.toMatchObject({
      field: 'place',
      message: expect.stringContaining('Everybody can read ana/api'),
    });
  });

  it('is known to be one by a program that everybody may see', async () => {
    expect(await introduce(false)).toMatchObject({ place: 'ana/api', account: 'burndown-bot', isPublic: true });
  });

  it('that is not there is said at its field, too', async () => {
    await expect(introduce(false, 'ana/nothing')).rejects.toMatchObject({ field: 'place' });
  });
});
