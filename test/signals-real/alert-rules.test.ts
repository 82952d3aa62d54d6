import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runTool } from './run-tool.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('the alerts that are shipped', () => {
  it('are rules as Prometheus reads them', async () => {
    expect(await runTool('promtool', ['check', 'rules', file('../../alerts.yml')])).toContain('SUCCESS: 4 rules found');
  });

  it('wake somebody where the bot is not well, and nobody where it is', async () => {
    expect(await runTool('promtool', ['test', 'rules', file('./alerts-unit.yml')])).toContain('SUCCESS');
  });
});
