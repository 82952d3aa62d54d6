import { quantile, shareWords } from '../kit/measures.ts';
import type { Life } from './lives.ts';
import { type Called, PROOF_RULES, type ProofRule } from './proof-rules.ts';
import type { SimulatedDefect } from './simulated-program.ts';

type Played = { life: Life; programs: readonly (readonly SimulatedDefect[])[] };

/** What becomes of fixes that work, that change nothing and that leave a part, by life and by rule. */
export function printProofs(lives: readonly Played[], print: (line: string) => void): void {
  print(
    '| life | rule | fixes that work, change nothing, leave a part | proven, though it changed nothing | seen less, though it changed nothing | it leaves a part: proven | seen less | called failed | its rest proven when proving goes on | a fix that works: proven | called failed | left open | days to proof: median, p90 |',
  );
  print('|---|---|---|---|---|---|---|---|---|---|---|---|---|');
  for (const [i, played] of lives.entries()) {
    for (const rule of PROOF_RULES.slice(0, i === 0 ? undefined : 2)) {
      print(`| ${played.life.name} | ${rule.name} | ${cellsOf(played, rule).join(' | ')} |`);
    }
  }
}

function cellsOf({ programs }: Played, { judge }: ProofRule): string[] {
  const called = programs
    .flat()
    .flatMap((defect) => defect.fixes.map((fix, nth) => ({ left: fix.left, ...judge(defect, fix, nth) })));
  const works = called.filter(({ left }) => left === 0);
  const useless = called.filter(({ left }) => left === 1);
  const partial = called.filter(({ left }) => left > 0 && left < 1);
  const share = (of: readonly Called[], outcome: Called['outcome']) =>
    shareWords(of.filter((one) => one.outcome === outcome).length, of.length);
  const less = partial.filter(({ outcome }) => outcome === 'reduced');
  const days = works.filter(({ outcome }) => outcome === 'proven').map((one) => one.days);
  return [
    `${works.length}, ${useless.length}, ${partial.length}`,
    share(useless, 'proven'),
    share(useless, 'reduced'),
    share(partial, 'proven'),
    share(partial, 'reduced'),
    share(partial, 'failed'),
    shareWords(less.filter(({ isRestProven }) => isRestProven).length, less.length),
    ...(['proven', 'failed', 'undecided'] as const).map((outcome) => share(works, outcome)),
    `${quantile(days, 0.5)}, ${quantile(days, 0.9)}`,
  ];
}
