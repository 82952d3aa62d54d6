import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export type PageBundle = { script: string; styles: string };

export type BuiltPage = { script: Uint8Array; styles: Uint8Array; version: string };

const packed = new URL('./bundle.json', import.meta.url);

let built: Promise<PageBundle> | undefined;

/** The page as the installed package brings it; in a working copy it is made of the sources beside this file. */
export async function builtPage(): Promise<BuiltPage> {
  built ??= packedBundle().then(async (bundle) => bundle ?? (await import('./build-page.ts')).bundleOfSources());
  const { script, styles } = await built;
  const version = createHash('sha256')
    .update(script + styles)
    .digest('hex')
    .slice(0, 12);
  return { script: Buffer.from(script), styles: Buffer.from(styles), version };
}

async function packedBundle(): Promise<PageBundle | undefined> {
  try {
    return JSON.parse(await readFile(packed, 'utf8')) as PageBundle;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
