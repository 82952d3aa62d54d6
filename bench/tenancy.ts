import { openBenchDatabase } from './kit/database.ts';
import type { Attempt, Finding } from './tenancy/judge.ts';
import { type Tried, tryAll } from './tenancy/try-all.ts';

const SHOWN = 60;
// Enough for the control, which must only show that it bites.
const EVERY_FOR_CONTROL = 9;

/**
 * Whether anybody reads or changes what they may not: every way into the bot, for everybody, to every program. The same with
 * a gate that stands open must find something. `--without-gate` does only that, with all attempts; a word tries only the
 * ways that it is part of.
 */
export async function run(args: readonly string[]): Promise<void> {
  const withoutGate = args.includes('--without-gate');
  const word = args.find((arg) => !arg.startsWith('--')) ?? '';
  const chosen = (all: Attempt[]) => all.filter(({ way }) => way.name.includes(word));
  const tried = await onItsOwn(chosen, withoutGate);
  print(withoutGate ? 'without a gate' : 'with the gate', tried);
  if (withoutGate) {
    if (!bites(tried)) process.exitCode = 1;
    return;
  }
  if (tried.findings.length > 0) process.exitCode = 1;
  const control = await onItsOwn((all) => chosen(all).filter((_, i) => i % EVERY_FOR_CONTROL === 0), true);
  print(`without a gate, every ${EVERY_FOR_CONTROL}th`, { ...control, findings: control.findings.filter(isForbidden) });
  if (!bites(control)) process.exitCode = 1;
}

async function onItsOwn(choose: (all: Attempt[]) => Attempt[], withoutGate: boolean): Promise<Tried> {
  const { db, close } = await openBenchDatabase('postgres');
  try {
    return await tryAll(db, { choose, withoutGate });
  } finally {
    await close();
  }
}

const countOf = ({ findings }: Tried, wanted: Finding) => findings.filter(({ finding }) => finding === wanted).length;
const isForbidden = ({ finding }: Tried['findings'][number]) => finding !== 'allowed, and failed';

function bites(tried: Tried): boolean {
  return countOf(tried, 'forbidden read') > 0 && countOf(tried, 'forbidden change') > 0;
}

const weightOf = ({ finding }: Tried['findings'][number]) => (finding === 'allowed, and failed' ? 1 : 0);

function print(title: string, tried: Tried): void {
  const reads = countOf(tried, 'forbidden read');
  const changes = countOf(tried, 'forbidden change');
  const failed = countOf(tried, 'allowed, and failed');
  process.stdout.write(
    `${title}: ${tried.attempts} attempts by ${tried.ways} ways; forbidden reads ${reads}, forbidden changes ${changes}, allowed and failed ${failed}\n`,
  );
  const shown = tried.findings.toSorted((one, other) => weightOf(one) - weightOf(other)).slice(0, SHOWN);
  for (const { finding, what } of shown) process.stdout.write(`  ${finding}: ${what}\n`);
}
