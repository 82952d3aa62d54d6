import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundlePage } from './page/build-page.ts';

// Makes `dist`, which is what the package consists of: JavaScript and types for Node 20, and the page as one bundle.
const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

rmSync(pathOf('dist'), { recursive: true, force: true });
execFileSync('tsc', ['-p', pathOf('tsconfig.build.json')], { stdio: 'inherit' });
const { script, styles } = await bundlePage();
writeFileSync(pathOf('dist/page/bundle.json'), JSON.stringify({ script, styles }));
// Whoever has the bundle never makes one.
rmSync(pathOf('dist/page/build-page.js'));
rmSync(pathOf('dist/page/build-page.d.ts'));
chmodSync(pathOf('dist/main.js'), 0o755);
