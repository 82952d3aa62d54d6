#!/usr/bin/env node
import * as nodeModule from 'node:module';

// The tokens and messages that this writes are for nobody else on the machine.
process.umask(0o077);
// Reading some two hundred files anew takes longer than all the rest of a start; Node 20 has no cache for it.
nodeModule.enableCompileCache?.();
await import('./command-line.ts');
