import { el } from './element.js';

/** A list box of any length: only the rows in view exist. Arrow keys choose, Enter and a click pick. */
export class List {
  #box; #fill; #picked; #rows = el('div'); #items = []; #chosen = null; #atEnd = true;

  constructor(box, fill, picked) {
    [this.#box, this.#fill, this.#picked] = [box, fill, picked];
    this.#rows.setAttribute('role', 'none');
    box.append(this.#rows);
    box.addEventListener('scroll', () => {
      this.#atEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 5;
      this.#draw();
    });
    box.addEventListener('keydown', event => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(box);
  }

  /** Shows these; whoever looks at the end goes on doing so, if that is wanted. */
  show(items, follow = false) {
    this.#items = items;
    this.#rows.style.height = items.length * this.#height + 'px';
    if (follow && this.#atEnd) this.#box.scrollTop = this.#box.scrollHeight;
    this.#draw();
  }

  choose(item) {
    this.#chosen = item;
    this.#draw();
  }

  get #height() {
    return parseFloat(getComputedStyle(this.#box).getPropertyValue('--row'));
  }

  #draw() {
    const height = this.#height;
    const first = Math.max(0, Math.floor(this.#box.scrollTop / height) - 5);
    const some = this.#items.slice(first, first + Math.ceil(this.#box.clientHeight / height) + 10);
    this.#rows.replaceChildren(...some.map((item, index) => this.#row(item, first + index, height)));
    if (this.#items.includes(this.#chosen)) this.#box.setAttribute('aria-activedescendant', this.#id(this.#items.indexOf(this.#chosen)));
    else this.#box.removeAttribute('aria-activedescendant');
  }

  #row(item, index, height) {
    const row = el('div', { id: this.#id(index), className: 'row', onclick: () => this.#pick(item) });
    const roles = { role: 'option', 'aria-selected': item === this.#chosen, 'aria-setsize': this.#items.length, 'aria-posinset': index + 1 };
    for (const [name, value] of Object.entries(roles)) row.setAttribute(name, value);
    row.style.top = index * height + 'px';
    this.#fill(row, item);
    return row;
  }

  #id(index) {
    return this.#box.id + '-' + index;
  }

  #pick(item) {
    this.choose(item);
    this.#picked(item);
  }

  #key(event) {
    const at = this.#items.indexOf(this.#chosen), page = Math.floor(this.#box.clientHeight / this.#height) - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.#items.length - 1, Enter: at }[event.key];
    if (to === undefined || this.#items.length === 0) return;
    event.preventDefault();
    const index = Math.min(Math.max(to, 0), this.#items.length - 1), top = index * this.#height;
    if (top < this.#box.scrollTop) this.#box.scrollTop = top;
    if (top + this.#height > this.#box.scrollTop + this.#box.clientHeight) this.#box.scrollTop = top + this.#height - this.#box.clientHeight;
    event.key === 'Enter' ? this.#pick(this.#items[index]) : this.choose(this.#items[index]);
  }
}
