// @module-tag slow
import { expect, it } from 'vitest';
import { makeLog } from '../src/log.ts';
import { databases } from './databases.ts';
import { startRunningBot } from './running-bot.ts';

type Line = { msg: string; key?: string; request?: string; kind?: string; outcome?: string };

it('logs one id from the ack to the post, and neither secrets nor what people wrote', async () => {
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  const written: string[] = [];
  const log = makeLog('trace', { write: (line: string) => written.push(line) });
  const startAt = new Date('2026-11-19T10:00:00Z');
  const running = await startRunningBot({ database: embedded, transport: 'http', startAt, log });
  const { sandbox } = running;
  const channel = '#eng-stability';
  const [ana, ben] = [sandbox.person('ana'), sandbox.person('ben')];
  await ana.sees('Report what breaks', { in: channel });
  await ana.slash('/defect Webhook of Acme Bank answers 400', { channel });
  const form = await ana.modal('Report a defect');
  await ana.fill(form, { area: 'billing', severity: 'S1', affected: '3', description: 'Seen by jane@acme.example' });
  await ana.submit(form);
  await ana.closeAll();
  await ana.slash('/defect triage now', { channel });
  await ana.click(await ana.sees('Open a triage now', { in: channel }), 'open_triage');
  const item = await ana.sees((message) => message.threadTs !== undefined && message.text.startsWith('D-1 '), {
    in: channel,
  });
  await ben.click(item, 'defer');
  const reason = await ben.modal('Defer');
  await ben.fill(reason, { reason: 'Waiting for their legal team' });
  await ben.submit(reason);
  sandbox.faults.add({ method: 'views.open', kind: 'fail', error: 'internal_error', times: 2 });
  await ana.slash('/defect Refund of Acme Bank is lost', { channel });
  await sandbox.settled();
  await running.close();

  const all = written.join('');
  const lines = written.map((line) => JSON.parse(line) as Line);
  const commands = lines.filter(({ msg, kind }) => msg === 'acked' && kind === 'command').map(({ request }) => request);
  const posted = lines.filter(({ msg, outcome }) => msg === 'message settled' && outcome === 'sent');
  expect(commands).toHaveLength(3);
  // The thread carries the id of the click that opened it.
  const acked = lines.filter(({ msg, kind }) => msg === 'acked' && kind !== 'command').map(({ request }) => request);
  const thread = posted.filter(({ key }) => key?.startsWith('triage:') && !key.includes(':edit:'));
  expect(thread.length).toBeGreaterThan(1);
  expect(new Set(thread.map(({ request }) => request)).size).toBe(1);
  expect(acked).toContain(thread[0]?.request);
  expect(lines.some(({ msg }) => msg === 'a listener failed')).toBe(true);
  const secrets = [sandbox.botToken, sandbox.appToken, sandbox.signingSecret];
  for (const word of [...secrets, 'Acme', 'jane@', 'legal team', '/defect']) expect(all).not.toContain(word);
});
