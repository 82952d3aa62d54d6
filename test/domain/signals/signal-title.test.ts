import { expect, it } from 'vitest';
import { titleOf } from '../../../src/domain/signals/signal-title.ts';

it.each([
  [['Uptime check failed: checkout', 'Uptime check failed: checkout'], 'Uptime check failed: checkout'],
  [['DiskFull', 'Disk full'], 'DiskFull'],
  [['Disk full', 'Disk full on db-1'], 'Disk full on db-1'],
  [['KubePodCrashLooping', 'Pod is crash looping.'], 'KubePodCrashLooping: Pod is crash looping'],
  [['Error: Error: no rate'], 'Error: no rate'],
  [['Sync stalls..'], 'Sync stalls'],
  [['Sync stalls', null, undefined, ''], 'Sync stalls'],
  [['…'], '…'],
  [['.'], '.'],
  [[null], ''],
])('%j is the title %j', (parts, title) => {
  expect(titleOf(...parts)).toBe(title);
});
