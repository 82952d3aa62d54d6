import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packedChromium from '@sparticuz/chromium';

/** `libraries` is set when this machine lacks shared libraries that the browser needs: they belong on LD_LIBRARY_PATH. */
export type PackedBrowser = { executablePath: string; args: string[]; fonts: string; libraries: string | undefined };

/** The Chromium that came with the dependencies, unpacked once a machine. */
export function packedBrowser(): PackedBrowser {
  const folder = unpacked();
  const executablePath = join(folder, 'chromium');
  const libraries = lacksLibraries(executablePath) ? join(folder, 'al2023', 'lib') : undefined;
  return { executablePath, args: suitedToTests(packedChromium.args), fonts: join(folder, 'fonts'), libraries };
}

// A graphics card played by the processor halts everything for seconds, each time a page goes; one process for all
// ends with the first page that is closed.
function suitedToTests(args: string[]): string[] {
  return [...args.filter((arg) => !/gpu|angle|swiftshader|single-process/.test(arg)), '--disable-gpu'];
}

// Renamed into place when whole: tests that start at the same time must not run half a browser.
function unpacked(): string {
  const packed = join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../../bin/chromium.br');
  const { mtimeMs, size } = statSync(packed);
  const folder = join(tmpdir(), `burndown-chromium-${size}-${Math.round(mtimeMs)}`);
  if (existsSync(folder)) return own(folder);
  const staging = mkdtempSync(join(tmpdir(), 'burndown-unpacking-'));
  // It unpacks into TMPDIR, and its libraries only where it believes to be in Amazon's cloud.
  const environment = { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
  const program = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    env: environment,
  });
  try {
    renameSync(staging, folder);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return own(folder);
}

/** A folder that only this user can have written: what lies in it is run. Throws where it is anybody else's. */
export function own(folder: string, user = process.getuid?.()): string {
  const found = lstatSync(folder);
  if (!found.isDirectory()) throw new Error(`${folder} is no folder. Delete it.`);
  const { uid, mode } = found;
  if (user !== undefined && uid !== user)
    throw new Error(
      `${folder} belongs to another user, so the browser in it is not run. Set TMPDIR to your own folder.`,
    );
  if ((mode & 0o022) !== 0)
    throw new Error(`${folder} can be written by others, so the browser in it is not run. Delete it.`);
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return folder;
}

function lacksLibraries(executablePath: string): boolean {
  return String(spawnSync('ldd', [executablePath]).stdout).includes('not found');
}
