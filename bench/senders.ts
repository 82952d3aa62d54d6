import { parseArgs } from 'node:util';
import { SIGNAL_KINDS } from '../src/domain/signals/signal.ts';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { makeLog } from '../src/log.ts';
import { startBotInSandbox } from './kit/bot-in-sandbox.ts';
import { openBenchDatabase } from './kit/database.ts';
import { GOLDENS } from './senders/all-goldens.ts';
import { ARRIVES_AT } from './senders/golden.ts';
import { differencesOf } from './senders/golden-differences.ts';
import { goldenRow, TABLE_HEAD } from './senders/golden-words.ts';
import { benchKeys, type GoldenStage, playGolden } from './senders/play-golden.ts';
import { type HostileRun, sendHostileBodies, sendSpoiled } from './senders/play-hostile.ts';

/**
 * What senders send in the situations that they are known for, each to the real endpoint of a running bot: prints what it
 * became as a table, and whatever of it is not as stated. Then bodies that nobody should send, and the same deliveries
 * with their values spoiled. Fails on a difference, and on anything hostile that is not refused or worked on.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { database: { type: 'string', default: 'embedded' }, spoiled: { type: 'string', default: '20' } },
  });
  const { db, close } = await openBenchDatabase(values.database);
  const troubles: string[] = [];
  const { address, sandbox, stop } = await startBotInSandbox({
    db,
    transport: 'http',
    startAt: ARRIVES_AT,
    logLevel: 'error',
    log: makeLog('error', { write: (line: string) => void troubles.push(line) }),
    keys: benchKeys,
    followsClock: false,
  });
  const stage = { db, address, clock: sandbox.clock };
  const different = await playAll(stage);
  const hostile = await playHostile(stage, Number(values.spoiled));
  await stop();
  await close();
  for (const line of troubles) say(`    LOGGED  ${line.trim()}`);
  say(`\n${GOLDENS.length} situations, ${different} not as stated`);
  say(
    `${hostile.sent} hostile and spoiled deliveries, ${hostile.letIn} let in, ${hostile.faults.length} faults, ${troubles.length} errors logged`,
  );
  if (different + hostile.faults.length + troubles.length > 0) process.exitCode = 1;
}

async function playAll(stage: GoldenStage): Promise<number> {
  let different = 0;
  say(TABLE_HEAD);
  for (const golden of GOLDENS) {
    const played = await playGolden(stage, golden);
    const differences = differencesOf(golden, played);
    say(goldenRow({ ...golden, ...played }));
    for (const one of differences) say(`    NOT AS STATED  ${one}`);
    if (differences.length > 0) different += 1;
  }
  return different;
}

async function playHostile(stage: GoldenStage, times: number): Promise<HostileRun> {
  const random = mulberry32(13);
  const runs: HostileRun[] = [];
  for (const kind of SIGNAL_KINDS) runs.push(await sendHostileBodies(stage, kind));
  for (const golden of GOLDENS) runs.push(await sendSpoiled(stage, golden, times, random));
  const faults = runs.flatMap((one) => one.faults);
  for (const fault of faults) say(`    FAULT  ${fault}`);
  const sum = (pick: (one: HostileRun) => number) => runs.reduce((total, one) => total + pick(one), 0);
  return { faults, sent: sum(({ sent }) => sent), letIn: sum(({ letIn }) => letIn) };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
