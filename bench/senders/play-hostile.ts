import { eq } from 'drizzle-orm';
import { defects } from '../../src/db/schema/defects.ts';
import { signalDeliveries } from '../../src/db/schema/signals.ts';
import type { Random } from '../../src/domain/stats/random.ts';
import type { Golden } from './golden.ts';
import { HOSTILE_BODIES, spoiled } from './hostile-deliveries.ts';
import { addGoldenSource, GOLDEN_SECRET, type GoldenStage, workedOn } from './play-golden.ts';
import { signatureOf } from './sign-delivery.ts';

export type HostileRun = {
  /** What was wrong, a line each: an answer that says nothing, something filed, a delivery that could not be worked on. */
  faults: string[];
  sent: number;
  /** How many deliveries of spoiled values were let in, and how many of these became a report. */
  letIn: number;
};

/** Sends a source bodies that are no delivery, signed as its sender signs: each is refused in words and leaves nothing. */
export async function sendHostileBodies(stage: GoldenStage, kind: Golden['kind']): Promise<HostileRun> {
  const { program, source, url } = await addGoldenSource(stage, { kind });
  const faults: string[] = [];
  for (const { name, body, status } of HOSTILE_BODIES) {
    const answer = await post(stage, kind, url, body);
    // GitHub's own verification reads text, so that what is none is signed by nobody.
    const isRefused = answer.status === status || (kind === 'github' && answer.status === 401);
    const isClear = isRefused && /"error":"\S+ \S+/.test(answer.words);
    if (!isClear) faults.push(`${kind}, ${name}: ${answer.status} ${answer.words.slice(0, 80)} instead of ${status}`);
  }
  const kept = await stage.db.select().from(signalDeliveries).where(eq(signalDeliveries.sourceId, source.id));
  const filed = await stage.db.select().from(defects).where(eq(defects.programId, program.id));
  if (kept.length > 0) faults.push(`${kind}: ${kept.length} bodies were kept`);
  if (filed.length > 0) faults.push(`${kind}: ${filed.length} defects were filed`);
  return { faults, sent: HOSTILE_BODIES.length, letIn: 0 };
}

/** Sends the deliveries of a situation with their values spoiled: whatever is let in is worked on, and fails nothing. */
export async function sendSpoiled(
  stage: GoldenStage,
  { kind, rules, mapping, sends }: Golden,
  times: number,
  random: Random,
): Promise<HostileRun> {
  const { source, url } = await addGoldenSource(stage, {
    kind,
    ...(rules ? { rules } : {}),
    ...(mapping ? { mapping } : {}),
  });
  const faults: string[] = [];
  let sent = 0;
  for (let n = 0; n < times; n += 1) {
    for (const { body, headers = {} } of sends) {
      const raw = spoiled(body, random);
      const name = `spoiled-${source.id}-${sent}`;
      const own = { ...headers, 'x-github-delivery': name, 'request-id': name };
      const answer = await post(stage, kind, url, Buffer.from(raw, 'utf8'), own);
      sent += 1;
      if (![200, 400].includes(answer.status))
        faults.push(`${kind}: ${answer.status} ${answer.words} for ${raw.slice(0, 200)}`);
    }
  }
  await workedOn(stage.db, source.id);
  const kept = await stage.db.select().from(signalDeliveries).where(eq(signalDeliveries.sourceId, source.id));
  for (const { state, body } of kept)
    if (state !== 'done') faults.push(`${kind}: ${state} for ${body.slice(0, 2_000)}`);
  return { faults, sent, letIn: kept.length };
}

async function post(
  { clock }: GoldenStage,
  kind: Golden['kind'],
  url: string,
  body: Buffer,
  headers: Record<string, string> = {},
): Promise<{ status: number; words: string }> {
  const signed = signatureOf(kind, body, GOLDEN_SECRET, new Date(clock.now()));
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed, ...headers },
    body: new Uint8Array(body),
  });
  return { status: response.status, words: await response.text() };
}
