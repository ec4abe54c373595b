import type { Locator, Page } from 'playwright-core';

const MOST_PRESSES = 80;

/** Presses Tab until the focus is there; whatever it rests on in between can be seen to have it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const { outline, shadow, name } = await focused.evaluate((element) => {
      const style = element.ownerDocument.defaultView!.getComputedStyle(element);
      return { outline: style.outlineStyle, shadow: style.boxShadow, name: element.outerHTML.slice(0, 120) };
    });
    if (outline === 'none' && shadow === 'none') throw new Error(`The focus cannot be seen on ${name}`);
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`${MOST_PRESSES} times Tab did not lead there.`);
}
