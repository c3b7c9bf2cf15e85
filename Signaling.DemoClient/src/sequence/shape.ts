/** An element of SVG, before it is one: the same tree becomes part of a page, or a file. */
export interface Shape {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children?: readonly Shape[];
  readonly text?: string;
}

const namespace = 'http://www.w3.org/2000/svg';

export function shape(tag: string, attributes: Shape['attributes'] = {}, content: readonly Shape[] | string = []): Shape {
  return typeof content === 'string' ? { tag, attributes, text: content } : { tag, attributes, children: content };
}

export function toElement({ tag, attributes, children, text }: Shape): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  else element.append(...(children ?? []).map(toElement));
  return element;
}

/** As it stands in a file. */
export function toText({ tag, attributes, children, text }: Shape): string {
  const inside = text === undefined ? (children ?? []).map(toText).join('') : escaped(text);
  const pairs = Object.entries(tag === 'svg' ? { xmlns: namespace, ...attributes } : attributes);
  return `<${tag}${pairs.map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('')}${inside ? `>${inside}</${tag}>` : '/>'}`;
}

// What XML cannot hold at all is left out.
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
