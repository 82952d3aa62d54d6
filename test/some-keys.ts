import { randomBytes } from 'node:crypto';
import { keyRing } from '../src/db/engine/sealed.ts';

/** The keys of every bot that a test starts. */
export const someKeys = keyRing([randomBytes(32)]);
