import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles the page in memory; nothing is written to disk. */
export async function buildPage(): Promise<{ script: Uint8Array; styles: Uint8Array; version: string }> {
  const result = await build({
    entryPoints: ['./main.tsx', './styles/page.css'].map((file) => fileURLToPath(new URL(file, import.meta.url))),
    bundle: true,
    write: false,
    outdir: '/page',
    format: 'esm',
    target: 'es2024',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  const output = (ending: string) =>
    result.outputFiles.find((file) => file.path.endsWith(ending))?.contents ?? new Uint8Array();
  const script = output('.js');
  const styles = output('.css');
  const version = createHash('sha256').update(script).update(styles).digest('hex').slice(0, 12);
  return { script, styles, version };
}
