/** A page of ours, never another site: anything else is the first page. */
export const ownPath = (target: string): string =>
  /^\/(?![/\\])/.test(target) && !/[\r\n]/.test(target) ? target : '/';
