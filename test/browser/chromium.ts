import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Locator } from 'playwright-core';

const PICTURES = join(import.meta.dirname, '../../.data/screenshots');

/** The Chromium that tools/test-browser.js found. Dark: it darkens pages that have no dark look of their own. */
export function openBrowser({ dark = false } = {}): Promise<Browser> {
  // Without its sandbox, which containers and root do not have; it opens nothing but our own pages.
  const args = ['--no-sandbox', ...(dark ? ['--force-dark-mode', '--enable-features=WebContentsForceDark'] : [])];
  return chromium.launch({ executablePath: process.env['CHROME_PATH']!, args });
}

/** Keeps a picture of it under .data/screenshots, for people to look at. */
export async function picture(of: Locator, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  await of.page().mouse.move(0, 0);
  await of.screenshot({ path: join(PICTURES, `${name}.png`) });
}
