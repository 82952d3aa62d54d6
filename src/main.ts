import { enableCompileCache } from 'node:module';
import { resolveDrizzleOnce } from './process/drizzle-imports.ts';

// What this writes is for nobody else on the machine.
process.umask(0o077);
// Compiling a thousand files anew takes longer than all the rest of a start.
enableCompileCache();
resolveDrizzleOnce();
await import('./start.ts');
