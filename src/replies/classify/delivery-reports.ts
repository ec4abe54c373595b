import type { Rule } from './classify.js';

export const asDeliveryReport: Rule = () => null;
