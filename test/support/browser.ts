import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { outside } from './outside.js';
import { aPerson, type Person } from './person.js';

const { chromium } = outside('playwright-core') as typeof import('playwright-core');

/** Their words are printed where a test fails (test/setup/environment.mjs). */
const { openPages } = globalThis as unknown as { openPages: Set<Page> };

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One Chromium for the tests of a file; everybody in it has a profile of their own. */
export function useBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: quiet });
  }, 60_000);
  afterAll(() => browser.close());
  return {
    /** Somebody who opens this address with a fresh profile. */
    open: async (baseURL: string, options: BrowserContextOptions = {}): Promise<Person> => {
      const context = await browser.newContext({ baseURL, locale: 'en-GB', ...options });
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      openPages.add(page);
      page.once('close', () => openPages.delete(page));
      return aPerson(page);
    },
  };
}

function chromiumPath(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const names = ['chromium', 'google-chrome', 'chromium-browser'];
  const found = names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
  if (!found)
    throw new Error(
      'Chromium is needed for the browser tests: install it, or run bin/test as root, which does.',
    );
  return found;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
