// @module-tag slow
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub } from '../../../bench/trackers/github-server.ts';
import { mergePull, release } from '../../../bench/trackers/pull-requests.ts';
import { applyTransition } from '../../../src/db/defects/events.ts';
import { countFixKinds } from '../../../src/db/digest/digest-facts.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { pullRequests } from '../../../src/db/schema/fixes.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { trackers } from '../../../src/db/schema/trackers.ts';
import { planTransition } from '../../../src/domain/defects/lifecycle.ts';
import { THE_BOT } from '../../../src/domain/vocabulary.ts';
import { showDefect } from '../../../src/usecases/defects/show-defect.ts';
import { changeCode } from '../../../src/usecases/fixes/change-code.ts';
import { gatherLedger } from '../../../src/usecases/fixes/gather-ledger.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { proofAsOf } from '../../../src/usecases/proof/proof-as-of.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { completeClaim } from '../../../src/usecases/trackers/complete-claim.ts';
import { linkTicket } from '../../../src/usecases/trackers/link-ticket.ts';
import { receiveHook } from '../../../src/usecases/trackers/sync/receive-hook.ts';
import { aReport, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { ana, lead } from '../trackers/tracked-world.ts';
import { aFollowedProgram, REPO } from './followed-world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const claim = { keepingNote: 'A contract test', fixKind: 'code', environments: [] } as const;

describe.each(databases)('a merged fix on $name', ({ open }) => {
  let github: GithubServer;
  let db: Db;
  let close: () => Promise<void>;
  // GitHub goes by its own clock, which is the one on the wall.
  beforeEach(async () => {
    github = await startGithub();
    ({ db, close } = await open());
  });
  afterEach(async () => {
    await close();
    await github.close();
  });

  const tracked = (through?: typeof fetch) => aFollowedProgram(db, github, through);
  const merged = (number: number, branch = `d-${number}-retry`, body = '') =>
    mergePull(github, REPO, { title: 'Retry', branch, body });
  const claimsShipped = (world: { program: Parameters<typeof changeCode>[1]; trackerId: number }) =>
    changeCode(db, world.program, world.trackerId, { claiming: 'when_out', agents: 'ana' }, lead);

  it('shows on the card of its defect, once, and so does the release that has it', async () => {
    const world = await tracked();
    const { number } = world.defect;
    await release(github, REPO, 'v0');
    const pull = await merged(number, 'retry', `Fixes D-${number}, D-999`);
    await merged(number, 'other', `Related to D-${number}`);
    await world.look();
    await world.look();
    const card = async () => JSON.stringify(await showDefect(db, world.program, number, world.now()));
    expect(await world.pulls()).toMatchObject([{ number: pull.number, belongsBy: 'keyword', author: 'ana' }]);
    expect(await card()).toMatch(/Merged:.*ana\/api#\d+> “Retry” by ana.*not known to be out yet/);
    await release(github, REPO, 'v1');
    await release(github, REPO, 'v2');
    await world.look();
    expect(await card()).toMatch(/out with <[^>]*v1\|v1>/);
    expect((await world.state()).state).toBe('accepted');
  });

  it('is claimed once it is out where the program wants that, as of its release, and the owner is asked for the rest', async () => {
    const world = await tracked();
    await claimsShipped(world);
    await merged(world.defect.number);
    await world.look();
    expect((await world.state()).state).toBe('accepted');
    await release(github, REPO, 'v1');
    await world.look();
    await world.look();
    const [pull] = await world.pulls();
    expect(await world.state()).toMatchObject({
      state: 'claimed',
      deployedAt: pull?.shippedAt,
      deploymentWitness: 'v1',
    });
    const told = (await db.select().from(outbox)).filter(({ dedupeKey }) => dedupeKey.startsWith('fix-shipped'));
    expect(told.map(({ channel, body }) => `${channel}: ${body.text}`)).toEqual([
      `UANA: ana/api#${pull?.number} is out with v1, so a fix is claimed and being proven.`,
    ]);

    // Its settings call Ana an agent. What kind of fix it is counts from when the owner says it.
    const fix = { maker: 'agent', repository: 'ana/api', area: 'billing', deployedAt: pull?.shippedAt, brokeAt: null };
    const span = { after: later(world.now(), -DAY_MS), upTo: later(world.now(), DAY_MS) };
    expect(await gatherLedger(db, world.program, span.upTo)).toEqual([
      { ...fix, ownerId: 'UANA', kind: null, provenAt: null },
    ]);
    expect(await countFixKinds(db, world.program.id, span)).toEqual([]);
    const said = { keepingNote: 'An alert', fixKind: 'configuration' } as const;
    await completeClaim(db, world.program, world.defect.number, said, { ...ana, now: world.now() });
    expect(await gatherLedger(db, world.program, span.upTo)).toMatchObject([{ ...fix, kind: 'configuration' }]);
    expect(await countFixKinds(db, world.program.id, span)).toEqual([
      { kind: 'configuration', claimed: 1, cameBack: 0 },
    ]);
  });

  it('asks the owner to claim it where a form has to be filled in', async () => {
    const world = await tracked();
    await claimsShipped(world);
    await db.execute(`update defects set failed_fixes = 2`);
    await merged(world.defect.number);
    await release(github, REPO, 'v1');
    await world.look();
    expect((await world.state()).state).toBe('accepted');
    const told = (await db.select().from(outbox)).map(({ body }) => body.text);
    expect(told).toContainEqual(expect.stringContaining('but no fix is claimed yet'));
  });

  it('is not claimed by the issue that its merge has closed before it is out, where what is out is claimed', async () => {
    const world = await tracked();
    await claimsShipped(world);
    const issue = await github.as('ana', 'POST', `${REPO}/issues`, { title: 'Retry' });
    const url = `${world.webUrl}/issues/${issue.number}`;
    await linkTicket(db, world.program, world.defect.number, url, ana);
    await world.settle();
    await merged(world.defect.number, 'retry', `fixes #${issue.number}`);
    await github.as('ana', 'PATCH', `${REPO}/issues/${issue.number}`, { state: 'closed' });
    await receiveHook(db, world.trackerId, String(issue.number), world.now());
    await world.look();
    await world.settle();
    expect(await world.pulls()).toMatchObject([{ belongsBy: 'ticket' }]);
    expect((await world.state()).state).toBe('accepted');
    await release(github, REPO, 'v1');
    await world.look();
    await world.settle();
    expect(await world.state()).toMatchObject({ state: 'claimed', deploymentWitness: 'v1' });
    expect(await github.as('ana', 'GET', `${REPO}/issues/${issue.number}`)).toMatchObject({ state: 'closed' });
  });

  it('witnesses a claim that was made before its release was seen, and past days are told as they were', async () => {
    const world = await tracked();
    await merged(world.defect.number);
    await world.look();
    const claimedAt = world.now();
    await claimFix(
      db,
      world.program,
      world.defect.number,
      { ...claim, deployedAt: claimedAt },
      { ...ana, now: claimedAt },
    );
    expect(await world.state()).toMatchObject({ deploymentWitness: null });
    await release(github, REPO, 'v1');
    await world.look();
    const [pull] = await world.pulls();
    const after = await world.state();
    expect(after).toMatchObject({ deploymentWitness: 'v1', deployedAt: pull?.shippedAt });
    const asOf = async (at: Date) => (await proofAsOf(db, world.program, after, at))?.progress;
    expect(await asOf(later(claimedAt, 1))).toBeDefined();
    expect(await asOf(world.now())).toBeDefined();
  });

  it('is told what the data said of it, once, though the answer to the telling was lost', async () => {
    let loses = false;
    const world = await tracked(async (url, init) => {
      const answer = await fetch(url, init);
      if (!loses || init?.method !== 'POST') return answer;
      loses = false;
      throw new Error('the answer was lost');
    });
    await claimsShipped(world);
    const { number } = world.defect;
    const pull = await merged(number);
    await release(github, REPO, 'v1');
    await world.look();
    world.pass(2 * HOUR_MS);
    const seenAt = world.now();
    await fileReport(db, world.program, aReport(world.program, { seenAt }), world.defect.id);
    world.pass(HOUR_MS);
    await evaluateProofs(db, world.program, { now: world.now() });
    expect((await world.state()).state).toBe('accepted');
    loses = true;
    await world.tell();
    expect(await github.comments(pull.number)).toHaveLength(1);
    world.pass(DAY_MS);
    await world.tell();
    await world.tell();
    const comments = await github.comments(pull.number);
    expect(comments).toEqual([expect.stringContaining(`The fix of D-${number} did not hold`)]);
  });

  it('is told that it has ended only a part, and counts in the ledger as one that broke', async () => {
    const world = await tracked();
    await claimsShipped(world);
    const { number } = world.defect;
    const pull = await merged(number);
    await release(github, REPO, 'v1');
    await world.look();
    world.pass(2 * HOUR_MS);
    const claimed = await world.state();
    const judged = { actor: THE_BOT, at: world.now(), why: 'From 12 a week to 3.' };
    await db.transaction((tx) =>
      applyTransition(tx, claimed, planTransition(claimed, 'reduced'), judged, { failedFixes: 0 }),
    );
    await world.tell();
    expect(await github.comments(pull.number)).toEqual([
      expect.stringContaining(`D-${number} is seen less since its fix, and not gone`),
    ]);
    expect(await gatherLedger(db, world.program, world.now())).toMatchObject([{ brokeAt: judged.at, provenAt: null }]);
  });

  it('counts by its ticket alone where two programs share the repository, and for no sample', async () => {
    const world = await tracked();
    const other = await tracked();
    expect(other.defect.number).toBe(world.defect.number);
    await merged(world.defect.number);
    await world.look();
    await other.look();
    expect(await db.select().from(pullRequests)).toEqual([]);
    await db.update(trackers).set({ removedAt: other.now() }).where(eq(trackers.id, other.trackerId));
    await db.execute(`update defects set is_sample = true`);
    await db.update(trackers).set({ codeSeenUpTo: null });
    await world.look();
    expect(await db.select().from(pullRequests)).toEqual([]);
    await db.execute(`update defects set is_sample = false`);
    await db.update(trackers).set({ codeSeenUpTo: null });
    await world.look();
    expect(await world.pulls()).toHaveLength(1);
  });
});
