import { load } from 'cheerio';

/** What may be left of a stranger's HTML: written down here once more, so that a change of the rules does not pass unseen. */
const HARMLESS_ELEMENTS = (
  'a abbr b blockquote br caption cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre q s samp ' +
  'small span strong sub sup table tbody td tfoot th thead tr u ul wbr'
).split(' ');

/** Attributes with all they may say. */
const HARMLESS_ATTRIBUTES: Record<string, string> = {
  href: '^(https?://|mailto:)',
  title: '^(https?://|mailto:)',
  rel: '^noopener noreferrer nofollow$',
  target: '^_blank$',
  dir: '^(ltr|rtl|auto)$',
  lang: '^[A-Za-z0-9-]{2,30}$',
  colspan: '^[0-9]{1,2}$',
  rowspan: '^[0-9]{1,2}$',
  start: '^[0-9]{1,4}$',
  value: '^[0-9]{1,4}$',
  type: '^[1aAiI]$',
};

/** What a browser would find in this HTML that is not harmless, in words. Read by the rules of HTML 5, not by those of the product. */
export function harmIn(html: string): string[] {
  const $ = load(html, null, false);
  return $('*')
    .toArray()
    .flatMap((element) => harmOf(String($(element).prop('tagName')).toLowerCase(), $(element).attr() ?? {}));
}

/** The same for one element, as its name and attributes. */
export function harmOf(name: string, attributes: Record<string, string>): string[] {
  const wrong = Object.entries(attributes).filter(([attribute, value]) => {
    const may = HARMLESS_ATTRIBUTES[attribute];
    return !may || !new RegExp(may, 'i').test(value);
  });
  return [
    ...(HARMLESS_ELEMENTS.includes(name) ? [] : [`<${name}>`]),
    ...wrong.map(([attribute, value]) => `${name} ${attribute}="${value}"`),
  ];
}
