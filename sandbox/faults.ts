import type { Random } from './ids.ts';
import type { Fault } from './sandbox.ts';

export type FaultBox = ReturnType<typeof createFaultBox>;

type Armed = Fault & { struck: number };

export function createFaultBox(random: Random, changed: () => void) {
  const armed = new Set<Armed>();
  return {
    add(fault: Fault): { remove(): void } {
      const entry: Armed = { ...fault, struck: 0 };
      armed.add(entry);
      changed();
      return {
        remove: () => {
          armed.delete(entry);
          changed();
        },
      };
    },
    list: () => [...armed].map((fault) => ({ ...fault })),
    clear() {
      armed.clear();
      changed();
    },
    /** The fault that strikes this call, if any. */
    strike(method: string): Fault | undefined {
      for (const fault of armed) {
        if (fault.method !== '*' && fault.method !== method) continue;
        if (fault.times !== undefined && fault.struck >= fault.times) continue;
        if (fault.probability !== undefined && random() >= fault.probability) continue;
        fault.struck += 1;
        changed();
        return fault;
      }
      return undefined;
    },
  };
}
