const PREFIX =
  /^\s*((re|fwd?|aw|wg|antw|sv|vs|vb|vl|tr|rif|r|i|odp|pd|res|enc|rv|ynt|ilt|回复|答复|转发|回覆|轉寄|返信|転送)(\[\d+\])?\s*[:：]|\[(external|extern|ext)\])\s*/i;

/** A subject without what mail programs put before it, in small letters, so that two can be compared. */
export function subjectOf(subject: string): string {
  let left = subject.slice(0, 500);
  for (let times = 0; times < 10 && PREFIX.test(left); times += 1) left = left.replace(PREFIX, '');
  return left.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
