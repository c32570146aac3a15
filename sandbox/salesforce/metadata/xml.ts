// A small XML reader and writer for SOAP: elements, attributes, text. No namespaces (prefixes are dropped), no DTD.

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text of the element itself; empty when it has children. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const decode = (text: string): string =>
  text.replaceAll(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return ENTITIES[name ?? ''] ?? whole;
    },
  );

const encode = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const readAttributes = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [
      localName(name),
      decode(double ?? single ?? ''),
    ]),
  );

const seal = ({ name, attributes, children, text }: OpenElement): XmlElement => ({
  name,
  attributes,
  children,
  text: children.length === 0 ? text : '',
});

/** The root element, or null when the text is no well-formed XML. */
export const parseXml = (source: string): XmlElement | null => {
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  const close = (element: OpenElement): void => {
    const parent = open.at(-1);
    if (parent === undefined) root ??= seal(element);
    else parent.children.push(seal(element));
  };
  for (const match of source.matchAll(TOKEN)) {
    const [, cdata, closing, opening, attributes, selfClosing, text] = match;
    const current = open.at(-1);
    if (cdata !== undefined) {
      if (current !== undefined) current.text += cdata;
    } else if (closing !== undefined) {
      const element = open.pop();
      if (element === undefined || element.name !== localName(closing)) return null;
      close(element);
    } else if (opening !== undefined) {
      const element = {
        name: localName(opening),
        attributes: readAttributes(attributes ?? ''),
        children: [],
        text: '',
      };
      if (selfClosing === '/') close(element);
      else open.push(element);
    } else if (text !== undefined && current !== undefined) {
      current.text += decode(text);
    }
  }
  return open.length === 0 ? root : null;
};

export const element = (
  name: string,
  content: string | readonly XmlElement[] = [],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement => ({
  name,
  attributes,
  children: typeof content === 'string' ? [] : content,
  text: typeof content === 'string' ? content : '',
});

export const printXml = ({ name, attributes, children, text }: XmlElement): string => {
  const printed = Object.entries(attributes).map(([key, value]) => ` ${key}="${encode(value)}"`);
  const content = children.length === 0 ? encode(text) : children.map(printXml).join('');
  return `<${name}${printed.join('')}>${content}</${name}>`;
};

export const childOf = (parent: XmlElement, name: string): XmlElement | null =>
  parent.children.find((child) => child.name === name) ?? null;

export const childrenOf = (parent: XmlElement, name: string): readonly XmlElement[] =>
  parent.children.filter((child) => child.name === name);

/** Text of a child; null when it is missing, nil or empty. */
export const textOfChild = (parent: XmlElement, name: string): string | null => {
  const child = childOf(parent, name);
  return child === null || child.attributes['nil'] === 'true' || child.text === '' ? null : child.text;
};

export const isChildTrue = (parent: XmlElement, name: string): boolean =>
  textOfChild(parent, name) === 'true';

export const numberOfChild = (parent: XmlElement, name: string): number | null => {
  const text = textOfChild(parent, name);
  const number = text === null ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
};

/** The same component as JSON, for the Tooling API: lists become repeated elements. */
export const elementsFromJson = (name: string, value: unknown): XmlElement[] => {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => elementsFromJson(name, one));
  if (typeof value === 'object') {
    return [
      element(
        name,
        Object.entries(value).flatMap(([key, one]: [string, unknown]) => elementsFromJson(key, one)),
      ),
    ];
  }
  return [element(name, typeof value === 'string' ? value : JSON.stringify(value))];
};
