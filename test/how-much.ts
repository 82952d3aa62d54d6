import { inject } from 'vitest';
import type { TestDatabase } from './databases.ts';

/**
 * How many tries a property makes that works on a database in each: a fifth in `npm test`, all in `npm run test:soak`,
 * which runs every file that imports this one.
 */
export function tries(all: number): number {
  return inject('isSoak') ? all : Math.ceil(all / 5);
}

/**
 * In which of its settings a test runs on a database: in all of them on PostgreSQL and in the first on the embedded one,
 * so that `npm test` leaves out no test, setting or database. `npm run test:soak` takes all with all.
 */
export function settingsOn<T extends readonly unknown[]>({ name }: TestDatabase, settings: T): readonly T[number][] {
  return inject('isSoak') || name === 'PostgreSQL' ? settings : settings.slice(0, 1);
}
