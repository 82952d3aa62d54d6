// @module-tag slow
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub, tokenOf } from '../../../bench/trackers/github-server.ts';
import { mergePull, release } from '../../../bench/trackers/pull-requests.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { readGenericJson } from '../../../src/domain/signals/senders/generic-json.ts';
import { showDefect } from '../../../src/usecases/defects/show-defect.ts';
import { changeCode } from '../../../src/usecases/fixes/change-code.ts';
import { lookAtCode } from '../../../src/usecases/fixes/look-at-code.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { addSignalSource } from '../../../src/usecases/signals/change-signal-source.ts';
import { takeRelease } from '../../../src/usecases/signals/take-release.ts';
import { connectTracker } from '../../../src/usecases/trackers/connect/change-tracker.ts';
import { aReport, DAY_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { someKeys } from '../../some-keys.ts';
import { ana, lead } from '../trackers/tracked-world.ts';
import { aFollowedProgram, REPO } from './followed-world.ts';

const MINUTE_MS = 60_000;

describe.each(databases)('a release that a source tells of, on $name', ({ open }) => {
  let github: GithubServer;
  let db: Db;
  let close: () => Promise<void>;
  beforeEach(async () => {
    github = await startGithub();
    ({ db, close } = await open());
  });
  afterEach(async () => {
    await close();
    await github.close();
  });

  const told = async () => {
    const world = await aFollowedProgram(db, github);
    const { program } = world;
    await changeCode(db, program, world.trackerId, { claiming: 'when_out', agents: '' }, lead);
    const wanted = { kind: 'json', name: 'Deploys', areaId: program.areaIds[0] ?? 0, severity: 'S3' };
    const source = await addSignalSource(
      db,
      program,
      { ...wanted, mapping: '', secret: null },
      { token: `token-of-${program.id}`, keys: someKeys },
      lead,
    );
    return {
      ...world,
      merge: () => mergePull(github, REPO, { title: 'Retry', branch: `d-${world.defect.number}-${Math.random()}` }),
      /** Marks what main holds now, without GitHub listing a release. */
      tag: async (name: string) => {
        const main = await github.as('ana', 'GET', `${REPO}/git/ref/heads/main`);
        const { sha } = main.object as { sha: string };
        await github.as('ana', 'POST', `${REPO}/git/refs`, { ref: `refs/tags/${name}`, sha });
        return sha;
      },
      tagAt: (name: string, sha: string) =>
        github.as('ana', 'POST', `${REPO}/git/refs`, { ref: `refs/tags/${name}`, sha }),
      tells: async (body: Record<string, unknown>) => {
        world.pass(Math.max(1, Date.now() - world.now().getTime()));
        const [signal] = readGenericJson({ body, event: null, deliveryKey: '1', receivedAt: world.now() });
        if (signal?.kind !== 'release') throw new Error('no release');
        await db.transaction((tx) => takeRelease(tx, { program, source }, signal, world.now()));
        // Nobody else says that there is something to look at.
        await lookAtCode(world.worker, world.now());
      },
      card: async () => JSON.stringify(await showDefect(db, program, world.defect.number, world.now())),
    };
  };

  it('is what a merge went out with where its tag has it, and claims the fix once, though it is listed as well', async () => {
    const world = await told();
    await world.merge();
    await world.tag('v2.8.0');
    const late = await world.merge();
    await world.tells({ release: '2.8.0', environment: 'production' });
    const [first, second] = await world.pulls();
    expect(first).toMatchObject({ shippedIn: '2.8.0', shippedTo: null });
    expect(second).toMatchObject({ number: late.number, shippedAt: null, missing: null });
    expect((await world.state()).state).toBe('accepted');

    await world.tells({ release: 'v2.9.0', environment: 'production' });
    expect(await world.card()).toContain(
      'not known to be out yet: v2.9.0 was told, and there is no such tag or commit',
    );
    await release(github, REPO, 'v2.9.0');
    await world.look();
    expect(await world.state()).toMatchObject({ state: 'claimed', deploymentWitness: 'v2.9.0' });
    await world.tells({ release: 'v2.9.0', environment: 'eu' });
    await world.look();
    const events = await listEvents(db, world.defect.id);
    expect(events.filter(({ kind }) => kind === 'claimed' || kind === 'deployment_witnessed')).toHaveLength(1);
    const posts = (await db.select().from(outbox)).filter(({ dedupeKey }) => dedupeKey.startsWith('fix-shipped'));
    expect(posts).toHaveLength(1);
    expect(await world.card()).not.toContain('not known to be out');
  });

  it('counts as well when it is told before its merge is read, and by its commit', async () => {
    const world = await told();
    const { sha } = await world.merge();
    await world.tells({ release: 'build 7431', commit: sha, repository: 'Ana/API' });
    expect(await world.state()).toMatchObject({ state: 'claimed', deploymentWitness: 'build 7431' });
  });

  it('is no shipment in staging, of another repository, of another area, of a branch, or from before the merge', async () => {
    const world = await told();
    const before = await world.tag('before');
    await world.tells({ release: 'v1', seen_at: later(world.now(), -MINUTE_MS).toISOString() });
    await world.merge();
    await world.tag('v1');
    await world.tag('v2');
    await world.tells({ release: 'v2', environment: 'Staging' });
    await world.tells({ release: 'v2', repository: 'ana/web' });
    await world.tells({ release: 'v2', area: 'connectivity' });
    expect(await world.pulls()).toMatchObject([{ shippedAt: null, missing: null }]);
    await world.tells({ release: 'v0.9' });
    expect(await world.card()).toContain('v0.9 was told, and there is no such tag or commit');
    // Known now, and cut before the merge: of it nothing is missing any more.
    await world.tagAt('v0.9', before);
    await world.tells({ release: 'v1', environment: 'test' });
    expect(await world.pulls()).toMatchObject([{ shippedAt: null, missing: null }]);
    await world.tells({ release: 'main', environment: 'production' });
    expect(await world.pulls()).toMatchObject([{ shippedAt: null, missing: { release: 'main', why: 'no_commit' } }]);
    await world.tells({ release: 'v2', area: 'billing' });
    expect(await world.pulls()).toMatchObject([{ shippedIn: 'v2', missing: null }]);
  });

  it('is waited for until it has reached all places where the defect was met, and the claim names those', async () => {
    const world = await told();
    const met = async (environment: string) =>
      fileReport(db, world.program, aReport(world.program, { seenAt: world.now(), environment }), world.defect.id);
    await met('us');
    await met('EU ');
    await met('staging');
    world.pass(1_000);
    await world.merge();
    await world.tag('v3');
    await world.tells({ release: 'v3', environment: 'eu' });
    expect(await world.card()).toContain('it is out with v3, but not known to have reached us');
    await world.tells({ release: 'v3', environment: 'apac' });
    expect((await world.state()).state).toBe('accepted');
    await world.tells({ release: 'v3', environment: 'us' });
    const at = world.now();
    expect(await world.state()).toMatchObject({ state: 'claimed', fixedEnvironments: ['eu', 'us'], deployedAt: at });
  });

  it('is no shipment where it does not say of which of several repositories it is, or was told days late', async () => {
    const world = await told();
    const web = { kind: 'github', place: 'ana/web', webUrl: `${github.url}/ana/web`, account: 'burndown-bot' } as const;
    const token = tokenOf('burndown-bot');
    const secrets = { keys: someKeys, token, secret: 'sixteen-characters', address: `web-of-${world.program.id}` };
    await connectTracker(db, world.program, web, secrets, lead);
    await world.merge();
    const sha = await world.tag('v4');
    await world.tells({ release: 'v4' });
    expect(await world.card()).toContain('not known to be out yet: v4 was told without its repository');
    world.pass(4 * DAY_MS);
    const seenAt = later(world.now(), -3.5 * DAY_MS).toISOString();
    await world.tells({ release: 'v4', repository: 'ana/api', seen_at: seenAt });
    expect(await world.card()).toContain('v4 was told more than three days after it went out');
    await world.tells({ release: sha });
    expect(await world.pulls()).toMatchObject([{ shippedIn: sha }]);
  });

  it('witnesses no claim that names its moment while a merge is not known to be in it', async () => {
    const world = await told();
    await world.tag('v5');
    await world.merge();
    await world.tells({ release: 'v5' });
    const claim = { keepingNote: 'A test', fixKind: 'code', environments: [], deployedAt: world.now() } as const;
    await claimFix(db, world.program, world.defect.number, claim, { ...ana, now: world.now() });
    expect(await world.state()).toMatchObject({ state: 'claimed', deploymentWitness: null });
    await world.tag('v6');
    await world.tells({ release: 'v6' });
    expect(await world.state()).toMatchObject({ deploymentWitness: 'v6' });
  });
});
