import { enableCompileCache } from 'node:module';

// Reading some two hundred files anew takes longer than all the rest of a start.
enableCompileCache();
await import('./command-line.ts');
