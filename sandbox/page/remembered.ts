type Key = 'person' | 'theme' | 'inspector' | 'workspace';

/** What the browser keeps between visits; a browser that forbids storage forgets, and nothing breaks. */
export function remembered(key: Key): string | undefined {
  try {
    return localStorage.getItem(`sandbox.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(`sandbox.${key}`, value);
  } catch {
    // A private window without storage.
  }
}
