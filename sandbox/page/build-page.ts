import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type BuiltPage = { script: Uint8Array; styles: Uint8Array; version: string };

let built: Promise<BuiltPage> | undefined;

/** Bundles the page in memory, once a process; nothing is written to disk. */
export function buildPage(): Promise<BuiltPage> {
  built ??= bundlePage();
  return built;
}

async function bundlePage(): Promise<BuiltPage> {
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
