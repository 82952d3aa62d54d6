import { writeSync } from 'node:fs';
import { openSynced } from '../../src/db/engine/embedded/open-synced.ts';

/** Commits and makes a checkpoint, with a word on its output before and after each, for whoever watches its system calls. */
const client = await openSynced(process.argv[2] ?? '');
const say = (word: string) => writeSync(1, word);
say('begins');
for (let n = 0; n < 20; n += 1) await client.query('insert into committed values ($1)', [n]);
say('committed');
await client.exec('checkpoint');
say('checked');
await client.close();
