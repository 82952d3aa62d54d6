import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ChangeKind } from '../../state/model.ts';
import { api, listenForChanges } from '../api.ts';
import { remember, remembered } from '../remembered.ts';
import type { Snapshot } from '../server/screen.ts';

const refreshPauseMs = 40;
const quiet = new Set<ChangeKind['kind']>(['call', 'delivery', 'broken_rule', 'faults', 'file']);

export type SandboxFeed = {
  snapshot: Snapshot | undefined;
  /** Shown instead of the page while the sandbox cannot be reached. */
  failure: string | undefined;
  become: (userId: string) => void;
  /** Calls back with each batch of changes; undefined means "anything may have changed". */
  subscribe: (listener: (changes: ChangeKind[] | undefined) => void) => () => void;
};

/** The viewer's screen, kept up to date by the change stream. */
export function useSandbox(): SandboxFeed {
  const [me, setMe] = useState(() => remembered('person'));
  const [snapshot, setSnapshot] = useState<Snapshot>();
  const [failure, setFailure] = useState<string>();
  const listeners = useRef(new Set<(changes: ChangeKind[] | undefined) => void>());
  const person = useRef(me);
  person.current = me;

  const asked = useRef(0);
  const shown = useRef(0);

  const refresh = useCallback(async () => {
    asked.current += 1;
    const turn = asked.current;
    const as = person.current;
    // Answers may overtake each other; an older one never replaces what a newer one has shown.
    const isNews = () => turn > shown.current && as === person.current;
    try {
      const next = await api.snapshot(as);
      if (!isNews()) return;
      shown.current = turn;
      setSnapshot(next);
      setFailure(undefined);
    } catch (error) {
      if (isNews()) setFailure(error instanceof Error ? error.message : String(error));
    }
  }, []);

  useEffect(() => {
    void refresh();
  }, [me]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listenForChanges((changes) => {
      for (const listener of listeners.current) listener(changes);
      if (changes?.every((change) => quiet.has(change.kind))) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void refresh();
      }, refreshPauseMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);

  const become = useCallback((userId: string) => {
    remember('person', userId);
    setMe(userId);
  }, []);
  const subscribe = useCallback((listener: (changes: ChangeKind[] | undefined) => void) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  }, []);
  return { snapshot, failure, become, subscribe };
}
