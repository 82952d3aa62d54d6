import { parseArgs } from 'node:util';
import { compareFixes, type LedgerFix, tellDifferences } from '../src/domain/fixes/ledger.ts';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { DAY_MS } from '../src/domain/time/durations.ts';
import { NOW, simulateFixes, type Truth, trueSurvival } from './ledger/simulated-fixes.ts';

const UNEQUAL: Truth[] = [
  { maker: 'person', share: 0.6, forEver: 0.7, shape: 0.8, scale: 60, sinceDay: 0 },
  { maker: 'agent', share: 0.3, forEver: 0.45, shape: 0.8, scale: 60, sinceDay: 360 },
  { maker: 'bot', share: 0.1, forEver: 0.85, shape: 1, scale: 40, sinceDay: 200 },
];
const EQUAL = UNEQUAL.map((truth) => ({ ...truth, forEver: 0.7, shape: 0.8, scale: 60 }));
const WEEKS = 52;

/**
 * Whether the intervals of the ledger of fixes hold the truth as often as they say, and how often it claims a difference
 * where there is none: at one look, and in a year of looks each week.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      ledgers: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      fixes: { type: 'string', default: '2000,400,100' },
    },
  });
  const [ledgers, seed] = [Number(values.ledgers), Number(values.seed)];
  say(`${ledgers} ledgers each; whole days, groups of 60, 30 and 10 %, agents only in the last 180 of 540 days`);
  for (const fixes of values.fixes.split(',').map(Number)) {
    const covered = coverage(fixes, ledgers, seed);
    say(
      `${fixes} fixes: the truth lies in the 95 % interval of ${covered} of makers; a true difference is told in ${told(UNEQUAL, fixes, ledgers, seed)} %, one where there is none in ${told(EQUAL, fixes, ledgers, seed)} %`,
    );
  }
  const years = Math.max(1, Math.round(ledgers / 5));
  say(
    `Looked at each week for a year, 400 fixes by its end: one where there is none in ${toldInYear(400, years, seed)} % of ${years}`,
  );
}

/** In how many percent of ledgers each maker's interval holds the truth. */
function coverage(fixes: number, ledgers: number, seed: number): string {
  const random = mulberry32(seed);
  const tally = new Map(UNEQUAL.map(({ maker }) => [maker as string, { held: 0, of: 0 }]));
  for (let i = 0; i < ledgers; i += 1) {
    const makers = compareFixes(simulateFixes(random, UNEQUAL, fixes), NOW).find(({ trait }) => trait === 'maker');
    for (const { name, survival } of makers?.groups ?? []) {
      const truth = UNEQUAL.find(({ maker }) => maker === name);
      const count = tally.get(name);
      if (!truth || !count || !survival) continue;
      const share = trueSurvival(truth, survival.days);
      count.of += 1;
      if (share >= survival.interval.low && share <= survival.interval.high) count.held += 1;
    }
  }
  return [...tally].map(([name, { held, of }]) => `${name} ${percent(held, of)} %`).join(', ');
}

function told(truths: readonly Truth[], fixes: number, ledgers: number, seed: number): string {
  const random = mulberry32(seed + 1);
  let claims = 0;
  for (let i = 0; i < ledgers; i += 1) if (claimsAny(simulateFixes(random, truths, fixes), NOW)) claims += 1;
  return percent(claims, ledgers);
}

function toldInYear(fixes: number, years: number, seed: number): string {
  const random = mulberry32(seed + 2);
  let claims = 0;
  for (let i = 0; i < years; i += 1) {
    const all = simulateFixes(random, EQUAL, fixes);
    const looks = Array.from({ length: WEEKS }, (_, week) => new Date(NOW.getTime() - week * 7 * DAY_MS));
    if (looks.some((at) => claimsAny(all, at))) claims += 1;
  }
  return percent(claims, years);
}

function claimsAny(fixes: readonly LedgerFix[], at: Date): boolean {
  return tellDifferences(fixes, at).length > 0;
}

const percent = (part: number, of: number) => ((100 * part) / Math.max(1, of)).toFixed(1);
const say = (line: string) => process.stdout.write(`${line}\n`);
