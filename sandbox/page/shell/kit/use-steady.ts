import { useRef } from 'preact/hooks';

/** The value of before for as long as the new one says the same, so that what hangs on it is not drawn again. */
export function useSteady<T>(value: T): T {
  const kept = useRef<{ value: T; json: string }>(undefined);
  const json = JSON.stringify(value);
  if (kept.current?.json !== json) kept.current = { value, json };
  return kept.current.value;
}
