import type { PgColumn } from 'drizzle-orm/pg-core';
import { installations } from './installations.ts';
import { requests } from './messages.ts';
import { signalSources } from './signals.ts';
import { trackers } from './trackers.ts';

/** What opens something, sealed or hashed or in a form that somebody has just sent: it leaves the database for nobody. */
export const SECRET_COLUMNS: readonly PgColumn[] = [
  installations.botToken,
  installations.refreshToken,
  signalSources.tokenHash,
  signalSources.secrets,
  trackers.sealedToken,
  trackers.sealedSecret,
  trackers.addressHash,
  requests.body,
];
