import { type ResolveFnOutput, registerHooks } from 'node:module';

const INSIDE = '/node_modules/drizzle-orm/';

/**
 * Node parses the package.json of drizzle-orm, 180 kB of exports, anew for every import of the package and every import
 * within it: 250 times, which took more than half of a start and 180 MB. There is one drizzle-orm, all of it modules, so
 * each of its entries is resolved once, and what lies beside an entry is a module too.
 */
export function resolveDrizzleOnce(): void {
  const entries = new Map<string, ResolveFnOutput>();
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL: parent = '', conditions } = context;
      if (!conditions.includes('import')) return next(specifier, context);
      if (/^\.\.?\//.test(specifier) && parent.includes(INSIDE))
        return { url: new URL(specifier, parent).href, format: 'module', shortCircuit: true };
      if (!/^drizzle-orm(\/|$)/.test(specifier)) return next(specifier, context);
      const known = entries.get(specifier);
      if (known) return known;
      const found = { ...next(specifier, context), shortCircuit: true };
      entries.set(specifier, found);
      return found;
    },
  });
}
