import { type SQL, sql } from 'drizzle-orm';
import { COMEBACK_KINDS } from '../../domain/vocabulary.ts';

/** Written out, since their index is used only where a statement names them. */
export const comebackKinds: SQL = sql.raw(`(${COMEBACK_KINDS.map((kind) => `'${kind}'`).join(', ')})`);
