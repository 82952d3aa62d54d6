import { describe, expect, it } from 'vitest';
import { MOST_ALERTS, partsOf } from '../../../src/domain/signals/delivery-parts.ts';
import { readSignals } from '../../../src/domain/signals/read-signals.ts';
import { ALERT, alertGroup } from '../../signals/payloads.ts';

const RECEIVED = new Date('2026-11-23T09:00:00Z');
const ofAlertmanager = (body: unknown) =>
  readSignals('alertmanager', { body, event: null, deliveryKey: 'one', receivedAt: RECEIVED }, null);

describe('the alerts of a group', () => {
  it('say by themselves what they say together', () => {
    const unnamed = { status: 'firing', startsAt: '2026-11-23T08:00:00Z', labels: { instance: 'a:1' } };
    const body = {
      ...alertGroup([ALERT, { ...ALERT, fingerprint: 'f2', status: 'resolved' }, unnamed]),
      commonLabels: { alertname: 'CommonName', area: 'billing' },
      commonAnnotations: { summary: 'common words' },
    };
    const { parts, leftOut } = partsOf('alertmanager', body);
    expect(parts).toHaveLength(3);
    expect(leftOut).toBe(0);
    expect(parts.flatMap(ofAlertmanager)).toEqual(ofAlertmanager(body));
  });

  it('may be a thousand, and what comes after them is left out and counted', () => {
    const alerts = Array.from({ length: MOST_ALERTS }, (_, i) => ({ ...ALERT, fingerprint: String(i) }));
    expect(partsOf('alertmanager', alertGroup(alerts))).toMatchObject({ parts: { length: MOST_ALERTS }, leftOut: 0 });
    const { parts, leftOut } = partsOf('alertmanager', alertGroup([...alerts, ALERT, ALERT]));
    expect(leftOut).toBe(2);
    expect(parts.at(-1)).toMatchObject({ alerts: [{ fingerprint: '999' }] });
    expect(parts).toHaveLength(MOST_ALERTS);
  });

  it('stay one part where they are none or one, or come from another sender', () => {
    for (const body of [
      {},
      { alerts: [] },
      { alerts: 'x' },
      { alerts: { length: 9 } },
      alertGroup([ALERT]),
      [],
      null,
    ]) {
      expect(partsOf('alertmanager', body)).toEqual({ parts: [body], leftOut: 0 });
    }
    const body = alertGroup([ALERT, ALERT]);
    expect(partsOf('json', body)).toEqual({ parts: [body], leftOut: 0 });
  });
});
