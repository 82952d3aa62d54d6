import type { Random } from '../state/ids.ts';
import type { ArmedFault, Fault } from './fault.ts';

export type FaultBox = ReturnType<typeof createFaultBox>;

export function createFaultBox(random: Random, changed: () => void) {
  const armed = new Map<number, ArmedFault>();
  let lastId = 0;
  const remove = (id: number) => {
    if (armed.delete(id)) changed();
  };
  return {
    add(fault: Fault): { remove(): void } {
      lastId += 1;
      const id = lastId;
      armed.set(id, { ...fault, id, struck: 0 });
      changed();
      return { remove: () => remove(id) };
    },
    remove,
    list: () => [...armed.values()].map((fault) => ({ ...fault })),
    clear() {
      armed.clear();
      changed();
    },
    /** The fault that strikes this call, if any; `team` says which workspace the call is for. */
    strike(method: string, team: () => string): Fault | undefined {
      for (const fault of armed.values()) {
        if (fault.method !== '*' && fault.method !== method) continue;
        if (fault.team !== undefined && fault.team !== team()) continue;
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
