import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { YearOfHost } from './year/year-of-host.ts';

const ZONES = ['Europe/Vienna', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];

/**
 * A year of the heartbeat on hosts of several time zones, each in a process of its own whose clock is moved. Fails where a
 * minute goes by without a beat.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string', default: '2026-03-01T00:00:00Z' },
      to: { type: 'string', default: '2027-03-01T00:00:00Z' },
    },
  });
  say('| host in | changes of its clocks | beats | longest pause | minutes without a beat |');
  say('|---|---|---|---|---|');
  for (const zone of ZONES) {
    const { changes, beats, longestPauseMs, minutesWithout } = await yearIn(zone, values.from, values.to);
    const pause = `${longestPauseMs / 1_000} s`;
    say(`| ${zone} | ${changes} | ${beats.toLocaleString('en')} | ${pause} | ${minutesWithout} |`);
    if (minutesWithout > 0 || beats === 0) process.exitCode = 1;
  }
}

async function yearIn(zone: string, from: string, to: string): Promise<YearOfHost> {
  const script = new URL('./year/year-of-host.ts', import.meta.url).pathname;
  const env = { ...process.env, TZ: zone };
  const child = spawn(process.execPath, [script, from, to], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
