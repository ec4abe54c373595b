import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { withCommas } from '../../../with-commas.js';

type Node = Record<string, unknown>;

/** An element, its name and those of its attributes taken apart by their namespaces (https://www.w3.org/TR/xml-names/). */
export type Element = {
  /** the address of its namespace, empty where it is in none */
  space: string;
  name: string;
  attributes: ReadonlyMap<string, string>;
  nodes: readonly Node[];
  /** the namespaces that hold inside, by their prefix */
  scope: ReadonlyMap<string, string>;
};

const TEXT = '#text';
const ATTRIBUTES = ':@';
const DEEPEST = 64;
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML and numbers; whatever else is named stays as it was written. */
function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(?:#(\d{1,10})|#x([\da-f]{1,8})|(amp|lt|gt|quot|apos));/gi,
    (whole, digits?: string, hex?: string, name?: string) => {
      if (name) return named[name] ?? whole;
      const code = digits ? Number(digits) : Number.parseInt(hex!, 16);
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : '\uFFFD';
    },
  );
}

/** In place of the library's own, which would expand what a document declares. */
const entityDecoder = {
  decode: resolved,
  addInputEntities: (): void => {},
  setExternalEntities: (): void => {},
  setXmlVersion: (): void => {},
  reset: (): void => {},
};

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  ignorePiTags: true,
  ignoreDeclaration: true,
  jPath: false,
  maxNestedTags: DEEPEST,
  entityDecoder,
});

/**
 * The root of an XML document, or a sentence on why it cannot be read, with the line. Nothing that a document declares is
 * expanded or fetched: one that declares entities is refused. Never throws.
 */
export function parseXml(text: string): { root: Element } | { mistake: string } {
  if (!/^\s*</.test(text)) return { mistake: text.trim() ? 'It is no XML.' : 'There is nothing in it.' };
  if (hasTooManyParts(text)) return { mistake: tooManyParts };
  if (declaresItsOwn(text)) return { mistake: declares };
  try {
    const nodes = parser.parse(text) as Node[];
    const mistake = malformed(text);
    const [root] = mistake ? [] : elementsOf(nodes, new Map());
    return root ? { root } : { mistake: mistake ?? 'There is nothing in it but text.' };
  } catch (error) {
    const { message } = error as Error;
    if (/entit/i.test(message)) return { mistake: declares };
    if (/nested/i.test(message))
      return {
        mistake: `Its elements stand inside each other more than ${DEEPEST} deep, which no feed needs.`,
      };
    return { mistake: malformed(text) ?? 'It is XML of a kind that is not read here.' };
  }
}

const declares =
  'It has a DOCTYPE that declares entities of its own. They could name other files or swell to gigabytes, so it was not read. Ask for the feed without them.';

/** Elements and attributes cost far more memory than the text between them: a megabyte of `<a/>` becomes a hundred. */
const MOST_PARTS = 600_000;
const tooManyParts = `It has more than ${withCommas(MOST_PARTS)} elements and attributes, which no feed needs.`;

function hasTooManyParts(text: string): boolean {
  let parts = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x3c && code !== 0x3d) continue;
    parts += 1;
    // what stands in here is text, often a whole page
    if (text.startsWith('<![CDATA[', at)) at = text.indexOf(']]>', at) + 1 || text.length;
  }
  return parts > MOST_PARTS;
}

/** Comments and declarations may stand before a DOCTYPE, which itself is harmless as long as it has no part in brackets. */
function declaresItsOwn(text: string): boolean {
  const step = /\s+|<\?[^]*?\?>|<!--[^]*?-->/y;
  let at = 0;
  while (step.test(text)) at = step.lastIndex;
  return /^<!DOCTYPE[^>[]*\[/i.test(text.slice(at, at + 10_000));
}

const kinds: Record<string, string> = {
  InvalidTag: 'an element is not opened or closed as it should be',
  InvalidAttr: 'an attribute is not written as it should be',
  InvalidChar: 'a character stands where it may not, such as an & that is not written &amp;',
};

/** Only when a document is complete is it one: the parser itself mends what it can, the validator does not. */
function malformed(text: string): string | null {
  const result = XMLValidator.validate(text);
  if (result === true) return null;
  const { code, msg, line } = result.err;
  if (/^(Unclosed|Invalid ')/.test(msg))
    return `It breaks off in line ${text.split('\n').length}: an element that was opened is never closed.`;
  return `It is not well-formed XML: in line ${line} ${kinds[code] ?? 'something stands that may not stand there'}.`;
}

/** The elements directly inside, in their order. */
export function* elementsOf(nodes: readonly Node[], outer: Element['scope']): Generator<Element> {
  for (const node of nodes) {
    const tag = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT);
    if (tag === undefined) continue;
    const attributes = new Map(Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>));
    const scope = withDeclared(outer, attributes);
    const [name, prefix = ''] = tag.split(':').reverse() as [string, string?];
    yield { space: scope.get(prefix) ?? prefix, name, attributes, nodes: node[tag] as Node[], scope };
  }
}

function withDeclared(outer: Element['scope'], attributes: Element['attributes']): Element['scope'] {
  const declared = [...attributes].filter(([name]) => /^xmlns(:|$)/.test(name));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([name, space]) => [name.slice(6), space] as const)]);
}

/** All text inside, however deep. */
export function textIn(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      const [key, inside] = Object.entries(node).find(([name]) => name !== ATTRIBUTES) ?? ['', ''];
      return key === TEXT ? String(inside) : textIn(inside as Node[]);
    })
    .join('');
}
