import type { Rule } from './classify.js';

export const asReadReceipt: Rule = () => null;
