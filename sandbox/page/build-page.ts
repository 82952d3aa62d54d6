import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageBundle } from './built-page.ts';

/** What a bundle was made of, by content: it is good for as long as all of that is the same. */
type Kept = PageBundle & { inputs: { [path: string]: string } };

const root = fileURLToPath(new URL('../../', import.meta.url));
const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
const place = join(tmpdir(), `local-slack-page-${userInfo().uid}`, `${digest(root).slice(0, 16)}.json`);

/** The page's bundle, made anew only when its sources are not what they were. */
export async function bundleOfSources(): Promise<PageBundle> {
  const kept = await keptBundle();
  if (kept) return kept;
  const { inputs, ...bundle } = await bundlePage();
  await keep(bundle, inputs);
  return bundle;
}

async function keptBundle(): Promise<PageBundle | undefined> {
  try {
    const { inputs, ...bundle } = JSON.parse(await readFile(place, 'utf8')) as Kept;
    const same = await Promise.all(
      Object.entries(inputs).map(async ([path, hash]) => digest(await readFile(resolve(root, path))) === hash),
    );
    return same.every(Boolean) ? bundle : undefined;
  } catch {
    return undefined;
  }
}

export async function bundlePage(): Promise<PageBundle & { inputs: string[] }> {
  // Loaded only here: most starts find the bundle.
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: ['./main.tsx', './styles/page.css'].map((file) => fileURLToPath(new URL(file, import.meta.url))),
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    outdir: '/page',
    format: 'esm',
    target: 'es2024',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  const output = (ending: string) => result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: output('.js'), styles: output('.css'), inputs: Object.keys(result.metafile.inputs) };
}

/** Whoever reads it meanwhile finds the old bundle or the new one, whole; where nothing can be written it is made again. */
async function keep(bundle: PageBundle, paths: string[]): Promise<void> {
  try {
    const inputs = Object.fromEntries(
      await Promise.all(paths.map(async (path) => [path, digest(await readFile(resolve(root, path)))])),
    );
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    const unfinished = `${place}.${process.pid}`;
    await writeFile(unfinished, JSON.stringify({ ...bundle, inputs }), { mode: 0o600 });
    await rename(unfinished, place);
  } catch {}
}
