/** Where anybody may have an address: that of one there says nothing about the domain. */
const FOR_EVERYBODY =
  /(^|\.)(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|gmx|web|t-online|freenet|mail|proton|protonmail|pm|zoho|yandex|qq|163|126|naver|daum|orange|free|laposte|wanadoo|libero|virgilio|wp|o2|seznam|btinternet|sky|comcast|verizon|att)\.[a-z.]+$/;

export const mailDomain = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** Below which organisations have their domains: `co.uk`. */
const PUBLIC = /^(?:ac|co|com|edu|go|gob|gouv|gov|govt|mil|ne|net|nhs|nom|or|org|police|sch)\.[a-z]{2}$/;

/** Is it the domain of one organisation, rather than one at which everybody may have an address, or a domain? */
export const isOfOne = (domain: string): boolean =>
  domain.includes('.') && !FOR_EVERYBODY.test(domain) && !PUBLIC.test(domain);

type Pattern = { $regex: string; $options: 'i' };

/** The database refuses long patterns. Then, as a sender could bring about, everything matches. */
const LONGEST_PATTERN = 8000;
/** What stands beyond ASCII can be written in more ways than one, and is compared once it has been read. */
const NOT_ASCII = String.raw`[^\x20-\x7e]`;
const DOMAIN = /^(?:[a-z0-9_-]+\.)+[a-z0-9-]+$/;
const ADDRESS = /^[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+$/;

/**
 * Patterns for the database that match every email and every website that shares a domain with one of these addresses (small
 * letters), or is at a domain above it; of an address where everybody may have one, only this address. They may match others too.
 */
export function near(addresses: readonly string[]): { email: Pattern; website: Pattern } {
  const above = new Set(addresses.flatMap((address) => withThoseAbove(mailDomain(address))));
  const domains = oneOf([...above].filter((one) => isOfOne(one) && DOMAIN.test(one)));
  const whole = addresses.filter((one) => ADDRESS.test(one) && !isOfOne(mailDomain(one)));
  return {
    email: patternOf([domains && `@${domains}`, oneOf([...new Set(whole)])]),
    website: patternOf([domains && `(?:^|[/.@])${domains}`]),
  };
}

/** `a.b.example.org`, `b.example.org`, `example.org`. */
function withThoseAbove(domain: string): string[] {
  const labels = domain.split('.').slice(-5);
  return [domain, ...labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))];
}

const oneOf = (words: readonly string[]): string =>
  words.length > 0 ? `(?:${words.map(escaped).join('|')})(?![a-z0-9-])` : '';

const escaped = (text: string): string => text.replaceAll(/[^\w@-]/g, String.raw`\$&`);

function patternOf(alternatives: readonly string[]): Pattern {
  const pattern = [...alternatives.filter(Boolean), NOT_ASCII].join('|');
  return { $regex: pattern.length > LONGEST_PATTERN ? '' : pattern, $options: 'i' };
}
