/** Laws before 1900 and after 2199 are none of ours: such a year is a slip of somebody's hand. */
export const isLikelyYear = (day: string): boolean => {
  const year = Number(day.slice(0, 4));
  return year >= 1900 && year <= 2199;
};
