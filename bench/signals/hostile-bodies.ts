const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A name of 3,000 characters that no two alerts share, made of what masks look for: quotes, digits, dots, dashes, slashes. */
function longName(seed: number): string {
  const own = [...String(seed)].map((digit) => LETTERS[Number(digit)]).join('');
  const parts = ["'", '"', '1.', 'a-', '/x', '::', 'a@', '1,', 'ab12_', '2026-'];
  return `${own} ${(parts[seed % parts.length] ?? '').repeat(3_000)}`.slice(0, 3_000);
}

/** Alertmanager's webhook with as many such alerts as a megabyte holds. */
export function longAlerts(seed: number): string {
  const alerts = Array.from({ length: 100 }, (_, i) => {
    const name = longName(seed * 1_000 + i);
    const labels = { alertname: name, job: name, namespace: longName(i) };
    return { status: 'firing', labels, startsAt: new Date().toISOString() };
  });
  return JSON.stringify({ alerts });
}

/** Ten thousand alerts that differ, in one body. */
export function manyAlerts(seed: number): string {
  const startsAt = new Date().toISOString().slice(0, 19);
  const name = (i: number) => `${seed}${i}`.replaceAll(/\d/g, (digit) => LETTERS[Number(digit)] ?? '');
  const alerts = Array.from({ length: 10_000 }, (_, i) => ({
    status: 'firing',
    labels: { alertname: name(i) },
    startsAt,
  }));
  return JSON.stringify({ alerts });
}

export const deepJson = `{"alerts":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;

export const wideJson = `{"alerts":[${'{},'.repeat(340_000)}{}]}`;
