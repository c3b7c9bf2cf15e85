import { rowHeight } from './drawing.ts';
import type { SequenceEvent } from './sequence-event.ts';
import { shape, toElement, type Shape } from './shape.ts';

export interface RowsOptions {
  /** What stands in the row of this event. */
  readonly draw: (event: SequenceEvent) => readonly Shape[];
  /** Somebody has come to this event, or has opened it; without it there is nothing to pick. */
  readonly picked: ((event: SequenceEvent, isOpened: boolean) => void) | undefined;
}

/** The rows of a diagram, one of which can be picked: by pointer, or by the keys of a list box. */
export class Rows {
  readonly element = toElement(shape('g', { role: 'presentation' }));
  readonly #options: RowsOptions;
  #shown: readonly SequenceEvent[] = [];
  #chosen: SequenceEvent | undefined;

  constructor(options: RowsOptions) {
    this.#options = options;
    this.element.addEventListener('click', event => this.#pick(this.#indexOf(event.target), true));
    this.element.addEventListener('keydown', event => this.#key(event));
  }

  get shown(): readonly SequenceEvent[] {
    return this.#shown;
  }

  /** Rows that stay are not touched, unless all are to be drawn anew: one of them may have the focus. */
  show(events: readonly SequenceEvent[], anew = false): void {
    const changed = anew ? 0 : events.findIndex((event, index) => event !== this.#shown[index]);
    if (!events.includes(this.#chosen as SequenceEvent)) this.#chosen = undefined;
    this.#shown = [...events];
    if (changed === -1) return;
    const old = [...this.element.children].slice(changed);
    const focused = old.findIndex(row => row === document.activeElement);
    for (const row of old) row.remove();
    this.element.append(...events.slice(changed).map((event, index) => toElement(this.#row(event, changed + index))));
    if (focused !== -1) (this.element.children[changed + focused] as SVGElement | undefined)?.focus({ preventScroll: true });
  }

  #row(event: SequenceEvent, index: number): Shape {
    const isTarget = event === this.#chosen || (index === 0 && !this.#chosen);
    return shape('g', {
      class: classOf(event),
      transform: `translate(0 ${index * rowHeight})`,
      role: this.#options.picked ? 'option' : 'listitem',
      ...(this.#options.picked ? { 'aria-selected': String(event === this.#chosen), tabindex: isTarget ? 0 : -1 } : {}),
    }, this.#options.draw(event));
  }

  #indexOf(target: EventTarget | null): number {
    const row = (target as Element).closest('[role=option]');
    return row ? [...this.element.children].indexOf(row) : -1;
  }

  #pick(index: number, isOpened: boolean): void {
    const event = this.#shown[index];
    if (!event) return;
    if (isOpened && event.folded) {
      this.#options.picked?.(event, true);
      return this.#pick(index, false);
    }
    this.#chosen = event;
    [...this.element.children].forEach((row, at) => {
      row.setAttribute('aria-selected', String(at === index));
      row.setAttribute('tabindex', at === index ? '0' : '-1');
    });
    const picked = this.element.children[index] as SVGElement;
    picked.focus({ preventScroll: true });
    picked.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.#options.picked?.(event, isOpened);
  }

  #key(event: KeyboardEvent): void {
    const now = this.#indexOf(event.target);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: this.#shown.length - 1, Enter: now, ' ': now }[event.key];
    if (now === -1 || next === undefined) return;
    event.preventDefault();
    this.#pick(next, next === now);
  }
}

export function classOf({ kind, state }: SequenceEvent): string {
  return state && state !== 'delivered' ? `${kind} ${state}` : kind;
}
