const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Hours east of Greenwich of the names that RFC 5322, section 4.3, still reads. Any other name says nothing: UTC. */
const zones: Record<string, number> = {
  edt: -4,
  est: -5,
  cdt: -5,
  cst: -6,
  mdt: -6,
  mst: -7,
  pdt: -7,
  pst: -8,
};

const dateAndTime =
  /\b(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4}|\d{2}),? (\d{1,2}):(\d{2})(?::(\d{2}))? ?([+-]\d{4}|[a-z]{1,5})?/;

/**
 * Reads the value of a Date field (RFC 5322, sections 3.3 and 4.3).
 * @returns the instant; null where it is no date, or one that no calendar has
 */
export function messageDate(value: string): Date | null {
  const found = dateAndTime.exec(value.slice(0, 200).toLowerCase().replaceAll(/\s+/g, ' '));
  if (!found) return null;
  const [, day, monthName, year, hour, minute, second = '0', zone = 'ut'] = found;
  const month = months.indexOf(monthName!);
  const at = Date.UTC(fullYear(year!), month, Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(at - minutesEast(zone) * 60_000);
  // the 31st of February, 25 o'clock: JavaScript would count on into the next month or day
  const isReal = month >= 0 && new Date(at).getUTCDate() === Number(day) && Number(minute) < 60;
  return isReal && !Number.isNaN(at) ? date : null;
}

/** RFC 5322, section 4.3: two digits below 50 are of this century. */
const fullYear = (year: string): number =>
  year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900);

function minutesEast(zone: string): number {
  if (!/^[+-]/.test(zone)) return (zones[zone] ?? 0) * 60;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  return zone.startsWith('-') ? -minutes : minutes;
}
