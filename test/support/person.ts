import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { outside } from './outside.js';

const { AxeBuilder } = outside('@axe-core/playwright') as typeof import('@axe-core/playwright');

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [390, 1280];

export type Person = ReturnType<typeof aPerson>;

/** Somebody at a browser, who does what people do. Each page they come to is looked at, narrow and wide. */
export function aPerson(page: Page) {
  const main = page.locator('main');
  /** Of several forms with the same words the one in the main part, not the one to sign out. */
  const field = (label: string): Locator => main.getByLabel(label, { exact: true });

  async function then(action: () => Promise<unknown>): Promise<void> {
    await action();
    await page.waitForLoadState();
    await look(page);
  }

  return {
    page,
    main,
    field,
    goTo: (address: string) => then(() => page.goto(address)),
    follow: (link: string | RegExp) =>
      then(() =>
        page
          .getByRole('link', { name: link, exact: typeof link === 'string' })
          .first()
          .click(),
      ),
    press: (button: string | RegExp) =>
      then(() => page.getByRole('button', { name: button, exact: typeof button === 'string' }).click()),
    fillIn: async (values: Record<string, string>): Promise<void> => {
      for (const [label, value] of Object.entries(values)) await fillField(field(label), value);
    },
    /** On the page of a recipient. */
    logReply: async (said: string, time: string): Promise<void> => {
      await then(() => page.getByRole('link', { name: 'Log contact' }).first().click());
      await fillField(field('What their message amounts to'), 'Reply');
      await fillField(field('Time, if known'), time);
      await fillField(field('Who spoke or wrote'), 'Kim Invented');
      await fillField(field('What was said'), said);
      await then(() => page.getByRole('button', { name: 'Log it', exact: true }).click());
    },
    tick: (label: string) => field(label).check(),
    /** Everything that can be read in the main part, with single spaces. */
    read: async (): Promise<string> => (await main.innerText()).replaceAll(/\s+/g, ' '),
    signIn: async (email: string, password: string): Promise<void> => {
      await field('Email address').fill(email);
      await field('Password').fill(password);
      await then(() => page.getByRole('button', { name: 'Sign in' }).click());
    },
    leave: () => page.context().close(),
  };
}

async function fillField(field: Locator, value: string): Promise<void> {
  const isList = await field.evaluate((element) => element.tagName === 'SELECT');
  await (isList ? field.selectOption({ label: value }) : field.fill(value));
}

const looked = new Set<string>();

/** @throws when the page breaks a rule of accessibility, or is wider than the screen, narrow or wide. Each shape once. */
export async function look(page: Page): Promise<void> {
  const shape = (await page.content()).replaceAll(/\b[0-9a-f]{24}\b|value="[\w+/=-]{22,}"/g, '');
  if (looked.has(shape)) return;
  const problems: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    problems.push(...(await overflow(page, width)), ...(await violations(page, width)));
    await keepPicture(page, width);
  }
  if (problems.length > 0) throw new Error(`${page.url()}\n${problems.join('\n')}`);
  looked.add(shape);
}

/** Nothing but what scrolls by itself is wider than the screen. */
export async function overflow(page: Page, width: number): Promise<string[]> {
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
  return wide > width ? [`At ${width} px the page is ${wide} px wide and scrolls sideways.`] : [];
}

async function violations(page: Page, width: number): Promise<string[]> {
  // axe is half a megabyte, and stays in the page from the first width on
  const axe = width === WIDTHS[0] ? new AxeBuilder({ page }) : new AxeBuilder({ page, axeSource: ';' });
  // without legacy mode the results are put together in a page of their own, which takes longer than finding them;
  // every rule is applied to everything, but only what breaks one is written out
  const found = await axe
    .setLegacyMode()
    .options({ resultTypes: ['violations'], selectors: false })
    .withTags(rules)
    .analyze();
  return found.violations.map(({ id, help, nodes }) => {
    const places = nodes.map(
      ({ html, any, all, none }) =>
        `    ${html.slice(0, 200)}\n      ${[...any, ...all, ...none].map(({ message }) => message).join(' ')}`,
    );
    return `At ${width} px, ${id}: ${help}\n${places.join('\n')}`;
  });
}

let pictures = 0;

/** With PICTURES=folder, every page looked at is kept as a picture, for people to look at. */
async function keepPicture(page: Page, width: number): Promise<void> {
  const folder = process.env['PICTURES'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const name = new URL(page.url()).pathname.replaceAll(/[0-9a-f]{24}|[\w-]{32}/g, '…').replaceAll('/', '_');
  const number = String((pictures += 1)).padStart(3, '0');
  await page.screenshot({ path: path.join(folder, `${number}${name}-${width}.png`), fullPage: true });
}
