import type { Rule } from './classify.js';

export const asBounceInWords: Rule = () => null;
