import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type PackedBrowser, packedBrowser } from './packed-browser.ts';

export type OpenPage = { page: Page; browser: Browser; errors: string[]; close: () => Promise<void> };

export type PageOptions = {
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** One that stays open when the page is closed; the page has its own otherwise. */
  browser?: Browser;
};

export function launchBrowser(): Promise<Browser> {
  const packed = packedBrowser();
  const { executablePath, args } = packed;
  return chromium.launch({ executablePath, args, headless: true, env: environmentOf(packed) });
}

/** A page of headless Chromium. `errors` collects whatever the page threw or logged as an error. */
export async function openPage(url: string, options: PageOptions = {}): Promise<OpenPage> {
  const browser = options.browser ?? (await launchBrowser());
  const { colorScheme = 'light', width = 1360, height = 860 } = options;
  const context = await browser.newContext({ colorScheme, viewport: { width, height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  return { page, browser, errors, close: () => (options.browser ? context.close() : browser.close()) };
}

type AxeResult = { violations: { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }[] };

/** What axe-core finds wrong with the page as it stands, by all its rules or one: a line a place, empty when nothing. */
export async function accessibilityViolations(page: Page, rule?: string): Promise<string[]> {
  const { default: axe } = (await import(pathToFileURL(createRequire(import.meta.url).resolve('axe-core')).href)) as {
    default: { source: string };
  };
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } }).axe.run(
        runOnly ? { runOnly } : {},
      ),
    rule,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} at ${node.target.join(' ')} (${node.failureSummary ?? ''})`),
  );
}

// The packed Chromium brings Open Sans along; without this, bare machines fall back to whatever font they have.
function environmentOf({ fonts, libraries }: PackedBrowser): Record<string, string> {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const folder = join(tmpdir(), 'burndown-fonts');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'fonts.conf');
  const prefer = (family: string) =>
    `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>Open Sans</string></edit></match>`;
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${fonts}</dir><cachedir>${folder}</cachedir>${prefer('system-ui')}${prefer('sans-serif')}</fontconfig>`,
  );
  const path = [libraries, environment.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { ...environment, FONTCONFIG_FILE: file, ...(path ? { LD_LIBRARY_PATH: path } : {}) };
}
