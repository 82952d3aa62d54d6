import { type SQL, sql } from 'drizzle-orm';
import { OPEN_STATES } from '../../domain/vocabulary.ts';
import { defects } from '../schema/defects.ts';

/** Written out, since an index of the open ones is used only where a statement names their states. */
export const openStates: SQL = sql.raw(`(${OPEN_STATES.map((state) => `'${state}'`).join(', ')})`);

export const isOpen: SQL = sql`${defects.state} in ${openStates}`;
