import type { Rule } from './classify.js';

export const asComplaint: Rule = () => null;
