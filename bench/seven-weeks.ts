import { openBenchDatabase } from './kit/database.ts';
import { quantile } from './kit/measures.ts';
import { liveThrough } from './seven-weeks/live.ts';

const DAYS = 52;
const SEED = 7;
const SHOWN = 40;
const LONGEST = 600;

/** Seven weeks of eight people in four time zones, with two holidays: is each sentence true, and how many come? */
export async function run(args: readonly string[]): Promise<void> {
  const [days, seed] = [Number(args[0] ?? DAYS), Number(args[1] ?? SEED)];
  const { db, close } = await openBenchDatabase('embedded');
  try {
    const lived = await liveThrough(db, days, seed);
    const print = (line: string) => process.stdout.write(`${line}\n`);
    const list = (what: string, all: ReadonlyMap<string, string>) => {
      print(`${all.size} ${what}.`);
      for (const [words, since] of [...all].slice(0, SHOWN))
        print(`  from ${since} ${words.replaceAll('\n', ' / ').slice(0, LONGEST)}`);
    };
    const claims = [...lived.claims].map(([where, count]) => `${where} ${count}`);
    const all = [...lived.claims.values()].reduce((sum, count) => sum + count, 0);
    print(`${lived.messages} messages in ${days} days, ${all} claims held against the log: ${claims.join(', ')}.`);
    list('false', lived.falses);
    list('contradictions within a minute', lived.contradictions);
    print(`Posts in the channel a week: median ${quantile(lived.posts, 0.5)}, most ${Math.max(...lived.posts)}.`);
    for (const [whom, counts] of [
      ['a person', lived.directs],
      ['an owner', lived.ownerDirects],
    ] as const)
      print(`Direct messages ${whom} and week: median ${quantile(counts, 0.5)}, most ${Math.max(...counts)}.`);
    print(`Words in the longest digest: ${lived.longestDigest}.`);
    if (lived.falses.size + lived.contradictions.size > 0) process.exitCode = 1;
  } finally {
    await close();
  }
}
