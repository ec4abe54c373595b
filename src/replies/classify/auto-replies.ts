import type { Rule } from './classify.js';

export const asAutoReply: Rule = () => null;
