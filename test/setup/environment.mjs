import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

/** Node, and a way out of it to what is the same for every test file (test/support/outside.ts). */
export default class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.outside = createRequire(import.meta.url);
    this.global.openPages = new Set();
  }

  /** What the pages of a browser said when a test failed: who waits in vain for something does not tell what came instead. */
  async handleTestEvent({ name, test }) {
    if (name !== 'test_fn_failure') return;
    for (const page of this.global.openPages) {
      const said = await page.innerText('body', { timeout: 2000 }).catch(({ message }) => message);
      console.error(`When “${test.name}” failed, ${page.url()} said:\n${said}`);
    }
  }
}
