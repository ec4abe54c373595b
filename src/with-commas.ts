const numbers = new Intl.NumberFormat('en-GB');

/** `1,234`. Making a format for each number, as `toLocaleString` does, costs more than a whole table of them may take. */
export const withCommas = (count: number): string => numbers.format(count);
