import type { Rule } from './classify.js';

export const asChallenge: Rule = () => null;
