import { AsyncLocalStorage } from 'node:async_hooks';

const ids = new AsyncLocalStorage<string>();

/** Everything that happens because of `work` carries this id: log lines, and messages up to the moment they are sent. */
export function withRequestId<T>(id: string, work: () => T): T {
  return ids.run(id, work);
}

export function currentRequestId(): string | undefined {
  return ids.getStore();
}
