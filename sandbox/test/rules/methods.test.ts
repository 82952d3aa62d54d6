import { describe, expect, it } from 'vitest';
import { methods } from '../../rules/methods.ts';

const tiers = [1, 2, 3, 4, 'special'];

describe('the methods', () => {
  it.each(Object.entries(methods))('%s has scopes, tiers and errors that Slack could answer', (_name, { value }) => {
    expect(tiers).toContain(value.tier);
    expect(tiers).toContain(value.strictTier);
    if (typeof value.tier === 'number' && typeof value.strictTier === 'number') {
      expect(value.strictTier).toBeLessThanOrEqual(value.tier);
    }
    for (const scope of value.scopes) expect(scope).toMatch(/^[a-z.]+:[a-z.]+$/);
    for (const error of value.errors) expect(error).toMatch(/^[a-z_]+$/);
  });

  it('are all of those that a bot could call', () => {
    expect(Object.keys(methods)).toHaveLength(87);
    expect(methods['chat.postMessage']?.value).toMatchObject({ scopes: ['chat:write'], tier: 'special', json: true });
    expect(methods['users.conversations']?.value).toMatchObject({ tier: 3, strictTier: 2, json: false });
    expect(methods['apps.connections.open']?.value).toMatchObject({ scopes: [], tier: 3, strictTier: 1 });
    expect(methods['chat.fly']).toBeUndefined();
  });
});
