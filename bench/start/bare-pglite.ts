import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

// What the embedded database costs without a bot: opens the directory that is named, says so and waits.
const client = await PGlite.create({ dataDir: process.argv[2] ?? '', extensions: { pg_trgm } });
await client.query('select 1');
process.stdout.write('open\n');
process.once('SIGTERM', () => void client.close().then(() => process.exit(0)));
setInterval(() => {}, 1_000_000);
