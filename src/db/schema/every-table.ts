import type { PgTable } from 'drizzle-orm/pg-core';
import { auditEntries } from './audit.ts';
import { criteria, defectEvents, defects, groupingRules, groupings, reports } from './defects.ts';
import { pullRequests } from './fixes.ts';
import { installations } from './installations.ts';
import { knownWeeks } from './known-weeks.ts';
import { liveMessages, openHomes } from './live-messages.ts';
import { reportTerms, terms, textTotals } from './matching.ts';
import { channelPaces, maintenanceDays, outbox, requests } from './messages.ts';
import { officeMembers, offices, quarterReports } from './office.ts';
import { areaMetrics, firingCounts, metricPushes, metricReadings } from './reliability.ts';
import {
  decisionBatches,
  nudges,
  occurrences,
  schedules,
  snoozes,
  trancheDefects,
  tranches,
  triageItems,
  triages,
} from './rituals.ts';
import { samples } from './samples.ts';
import {
  releases,
  signalDeliveries,
  signalEnds,
  signalLeftOut,
  signalOccurrences,
  signalRuns,
  signalSources,
} from './signals.ts';
import { tickets, trackerPeople, trackers } from './trackers.ts';
import { areas, people, programs, workspaces } from './workspaces.ts';

/**
 * All that is stored, for what has to reach every table: copying, counting, retention, purging. What a row belongs to comes
 * before it. A test holds the list to the database.
 */
export const EVERY_TABLE: readonly PgTable[] = [
  installations,
  workspaces,
  people,
  programs,
  areas,
  defects,
  reports,
  defectEvents,
  criteria,
  groupings,
  groupingRules,
  textTotals,
  terms,
  reportTerms,
  knownWeeks,
  schedules,
  occurrences,
  triages,
  triageItems,
  decisionBatches,
  nudges,
  snoozes,
  tranches,
  trancheDefects,
  liveMessages,
  openHomes,
  outbox,
  channelPaces,
  requests,
  maintenanceDays,
  signalSources,
  signalDeliveries,
  signalOccurrences,
  signalEnds,
  signalLeftOut,
  signalRuns,
  releases,
  trackers,
  tickets,
  trackerPeople,
  pullRequests,
  areaMetrics,
  metricReadings,
  metricPushes,
  firingCounts,
  auditEntries,
  samples,
  quarterReports,
  offices,
  officeMembers,
];
