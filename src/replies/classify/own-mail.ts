import type { Rule } from './classify.js';

export const asOwnMail: Rule = () => null;
