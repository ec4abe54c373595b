import type { Rule } from './classify.js';

export const asListMail: Rule = () => null;
