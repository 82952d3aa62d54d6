import { openBenchDatabase } from './database.ts';
import { quantile } from './measures.ts';
import { liveThrough } from './seven-weeks/live.ts';

const WEEKS = 7;
const SHOWN = 20;

/** Seven weeks of eight people in as many time zones, with two holidays: is each sentence true, and how many come? */
export async function run(args: readonly string[]): Promise<void> {
  const weeks = Number(args[0] ?? WEEKS);
  const { db, close } = await openBenchDatabase('embedded');
  try {
    const lived = await liveThrough(db, weeks, 7);
    const print = (line: string) => process.stdout.write(`${line}\n`);
    print(`${lived.messages} messages in ${weeks} weeks, ${lived.claims} claims held against the log.`);
    print(`${lived.falses.length} false.`);
    for (const words of lived.falses.slice(0, SHOWN)) print(`  ${words.replaceAll('\n', ' / ')}`);
    print(`Posts in the channel a week: median ${quantile(lived.posts, 0.5)}, most ${Math.max(...lived.posts)}.`);
    print(
      `Direct messages a person and week: median ${quantile(lived.directs, 0.5)}, most ${Math.max(...lived.directs)}.`,
    );
    print(`Words in the longest digest: ${lived.longestDigest}.`);
    if (lived.falses.length > 0) process.exitCode = 1;
  } finally {
    await close();
  }
}
