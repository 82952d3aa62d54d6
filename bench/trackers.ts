import { parseArgs } from 'node:util';
import { startPostgresServer } from './kit/postgres-server.ts';
import { syncNaively } from './trackers/naive-sync.ts';
import { syncWithFaults } from './trackers/sync-with-faults.ts';

const FAULTS = { limited: 0.1, lost: 0.15, failed: 0.05 };
const HOOKS = { dropped: 0.05, doubled: 0.3 };

/**
 * Defects and their tickets in GitHub, Linear and Jira, edited on both sides by people and by the bot, while answers are
 * lost, limits are told, webhooks come doubled, late, in any order or never, and the two processes that carry all of it are
 * killed at random. Then the same with a sync as one writes it first. It fails where anything is there twice, missing,
 * overwritten or different, and where the naive sync does nothing wrong.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      defects: { type: 'string', default: '1000' },
      edits: { type: 'string', default: '3000' },
      /** Edits a second. */
      rate: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [count, edits, seed] = [Number(values.defects), Number(values.edits), Number(values.seed)];
  const server = await startPostgresServer({ isDurable: false });
  try {
    const sized = { count, edits, rate: Number(values.rate), seed };
    const isKept = await syncWithFaults(server.url, { ...sized, faults: FAULTS, hooks: HOOKS, say });
    const smaller = { count: Math.min(count, 200), edits: Math.min(edits, 600), seed };
    const naive = await syncNaively({ ...smaller, faults: FAULTS, hooks: HOOKS });
    say(
      `A naive sync of ${smaller.count} tickets and ${smaller.edits} edits: ${naive.duplicates} duplicate tickets, ${naive.overwritten} human edits overwritten, ${naive.writes} writes for ${naive.changes} changes in Slack, ${naive.differing} states differ`,
    );
    const bites = naive.duplicates > 0 && naive.overwritten > 0 && naive.writes > naive.changes;
    if (!bites) say('The naive sync does too little wrong, so this run proves nothing.');
    say(isKept && bites ? 'Every goal is met.' : 'A goal is missed.');
    if (!isKept || !bites) process.exitCode = 1;
  } finally {
    await server.close();
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);
