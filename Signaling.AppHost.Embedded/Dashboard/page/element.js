export const $ = id => document.getElementById(id);

/** An element with its properties and children; null children are left out. */
export function el(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(child => child !== null));
  return element;
}

export const ask = async path => {
  const answer = await fetch('/api/' + path);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};

export const clock = ms => new Date(ms).toLocaleTimeString('en-GB') + '.' + String(Math.floor(ms % 1000)).padStart(3, '0');

export const duration = ms => ms < 1 ? Math.round(ms * 1000) + ' µs' : ms < 1000 ? number(ms) + ' ms' : number(ms / 1000) + ' s';

export const number = value => value === undefined ? '–' : value.toLocaleString('en-GB', { maximumSignificantDigits: Math.abs(value) < 1000 ? 3 : 12 });

/** What a thing says of itself, as a table of two columns. */
export const facts = pairs => el('table', { className: 'facts' }, el('tbody', {}, ...Object.entries(pairs).filter(([, value]) => value !== '').map(([name, value]) =>
  el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, value)))));

/** Fills a choice with names, and keeps what is chosen. */
export function choices(select, names, all) {
  const now = [['', all], ...[...new Set(names)].sort().map(name => [name, name])];
  if (select.options.length === now.length) return;
  const chosen = select.dataset.wanted ?? select.value;
  select.replaceChildren(...now.map(([value, text]) => new Option(text, value, false, value === chosen)));
}

/** Lets the browser keep these as a file. */
export function save(name, items) {
  const a = el('a', { href: URL.createObjectURL(new Blob([JSON.stringify(items, null, 1)], { type: 'application/json' })), download: name });
  a.click();
  URL.revokeObjectURL(a.href);
}
