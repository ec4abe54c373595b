/** Where anybody may have an address: that of one there says nothing about the domain. */
const FOR_EVERYBODY =
  /(^|\.)(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|gmx|web|t-online|freenet|mail|proton|protonmail|pm|zoho|yandex|qq|163|126|naver|daum|orange|free|laposte|wanadoo|libero|virgilio|wp|o2|seznam|btinternet|sky|comcast|verizon|att)\.[a-z.]+$/;

export const mailDomain = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** Is it the domain of one organisation, rather than one at which everybody may have an address? */
export const isOfOne = (domain: string): boolean => domain.includes('.') && !FOR_EVERYBODY.test(domain);

type Pattern = { $regex: string; $options: 'i' };

/** The database refuses long patterns. Then, as a sender could bring about, everything matches. */
const LONGEST_PATTERN = 8000;
/** What stands beyond ASCII can be written in more ways than one, and is compared once it has been read. */
const NOT_ASCII = String.raw`[^\x20-\x7e]`;
/** What is a domain, and may stand in a pattern. */
const DOMAIN = /^(?:[a-z0-9_-]+\.)+[a-z0-9-]+$/;

/**
 * Patterns for the database that match every email and every website that shares a domain with one of these addresses (small
 * letters), or is at a domain above it; of an address where everybody may have one, only this address. They may match others too.
 */
export function near(addresses: readonly string[]): { email: Pattern; website: Pattern } {
  const domains = new Set<string>();
  const whole = new Set<string>();
  for (const address of addresses) {
    const domain = mailDomain(address);
    if (isOfOne(domain)) for (const one of withThoseAbove(domain)) domains.add(one);
    else if (/^[\x21-\x7e]+$/.test(address)) whole.add(address);
  }
  const ofDomains = [...domains].filter((one) => DOMAIN.test(one)).map(escaped);
  return {
    email: oneOf([...ofDomains.map((one) => `@${one}`), ...[...whole].map(escaped)]),
    website: oneOf(ofDomains.map((one) => `(?:^|[/.@])${one}`)),
  };
}

/** `a.b.example.org`, `b.example.org`, `example.org`. */
function withThoseAbove(domain: string): string[] {
  const labels = domain.split('.').slice(-5);
  return [domain, ...labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))];
}

function oneOf(alternatives: readonly string[]): Pattern {
  const pattern = [...alternatives, NOT_ASCII].join('|');
  return { $regex: pattern.length > LONGEST_PATTERN ? '' : pattern, $options: 'i' };
}

const escaped = (text: string): string => text.replaceAll(/[^\w@-]/g, String.raw`\$&`);
