import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

/** Node, and a way out of it to what is the same for every test file (test/support/outside.ts). */
export default class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.outside = createRequire(import.meta.url);
  }
}
