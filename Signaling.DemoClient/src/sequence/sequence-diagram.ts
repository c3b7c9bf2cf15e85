import { Columns, headHeight, heads, lifelines, row, rowHeight } from './drawing.ts';
import type { Lane, SequenceEvent } from './sequence-event.ts';
import { shape, toElement, toText, type Shape } from './shape.ts';
import { fileStyle, pageStyle } from './style.ts';
import { naming, sentence } from './words.ts';

export type { Lane, SequenceEvent, SequenceKind } from './sequence-event.ts';

export interface SequenceOptions {
  /** How many events are kept; the oldest go. 500 without it. */
  readonly limit?: number;
  /** The lane of whoever looks. */
  readonly you?: string;
  /** Somebody has picked an event, by pointer or by keyboard. */
  readonly onSelect?: (event: SequenceEvent) => void;
}

const fileWidth = 900;
let sheet: CSSStyleSheet | undefined;

/** A sequence diagram that grows as things happen. Uses neither inline styles nor the network: fit for any content security policy. */
export class SequenceDiagram {
  readonly #host: HTMLElement;
  readonly #options: SequenceOptions;
  readonly #limit: number;
  readonly #head: SVGElement;
  readonly #body: SVGElement;
  readonly #lines: SVGElement;
  readonly #rows: SVGElement;
  #lanes: readonly Lane[] = [];
  #events: SequenceEvent[] = [];
  #columns = new Columns([], 0);
  #start = 0;
  #chosen: SequenceEvent | undefined;

  constructor(host: HTMLElement, options: SequenceOptions = {}) {
    this.#host = host;
    this.#options = options;
    this.#limit = options.limit ?? 500;
    adoptStyle(host.getRootNode() as Document | ShadowRoot);
    this.#head = toElement(shape('svg', { class: 'heads', height: headHeight, 'aria-hidden': 'true' }));
    this.#lines = toElement(shape('g', { 'aria-hidden': 'true' }));
    this.#rows = toElement(shape('g', { role: 'presentation' }));
    this.#body = toElement(shape('svg', { role: options.onSelect ? 'listbox' : 'list', 'aria-label': 'Messages' }));
    this.#body.append(this.#lines, this.#rows);
    const frame = document.createElement('div');
    frame.className = 'sequence';
    frame.append(this.#head, this.#body);
    host.replaceChildren(frame);
    this.#rows.addEventListener('click', event => this.#choose(this.#rowOf(event.target)));
    this.#rows.addEventListener('keydown', event => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(host);
  }

  /** Who takes part, from left to right. */
  lanes(ids: readonly Lane[]): void {
    if (ids.length === this.#lanes.length && ids.every(({ id, name }, index) => id === this.#lanes[index]?.id && name === this.#lanes[index]?.name)) return;
    this.#lanes = ids;
    this.#draw();
  }

  add(event: SequenceEvent): void {
    const atEnd = this.#host.scrollHeight - this.#host.scrollTop - this.#host.clientHeight < rowHeight * 2;
    if (this.#events.length === 0) this.#start = event.at;
    this.#events.push(event);
    const unknown = [event.from, event.to].filter((id): id is string => id !== null && !this.#columns.has(id));
    if (unknown.length > 0) {
      this.#lanes = [...this.#lanes, ...new Set(unknown)].map(lane => (typeof lane === 'string' ? { id: lane, name: lane } : lane));
    }
    if (unknown.length > 0 || this.#events.length > this.#limit) {
      this.#events.splice(0, this.#events.length - this.#limit);
      this.#draw();
    } else {
      this.#rows.append(toElement(this.#row(event, this.#events.length - 1)));
      this.#size();
    }
    if (atEnd) this.#host.scrollTop = this.#host.scrollHeight;
  }

  clear(): void {
    this.#events = [];
    this.#chosen = undefined;
    this.#draw();
  }

  /** The diagram as a file of its own. */
  toSvg(): string {
    const columns = new Columns(this.#lanes, fileWidth);
    const height = headHeight + (this.#events.length + 1) * rowHeight;
    return toText(shape('svg', { width: columns.width, height, viewBox: `0 0 ${columns.width} ${height}` }, [
      shape('style', {}, fileStyle),
      shape('rect', { class: 'ground', width: columns.width, height }),
      ...heads(this.#lanes, columns, this.#options.you),
      shape('g', { transform: `translate(0 ${headHeight})` }, [
        ...lifelines(this.#lanes, this.#events, columns),
        ...this.#events.map((event, index) => shape('g', { class: classOf(event), transform: `translate(0 ${index * rowHeight})` }, [
          shape('title', {}, sentence(event, naming(this.#lanes), this.#start)),
          ...row(event, columns, this.#start),
        ])),
      ]),
    ]));
  }

  #draw(): void {
    this.#columns = new Columns(this.#lanes, this.#host.clientWidth);
    this.#head.replaceChildren(...[
      shape('rect', { class: 'ground', width: this.#columns.width, height: headHeight }),
      ...heads(this.#lanes, this.#columns, this.#options.you),
    ].map(toElement));
    this.#rows.replaceChildren(...this.#events.map((event, index) => toElement(this.#row(event, index))));
    this.#size();
  }

  #size(): void {
    this.#lines.replaceChildren(...lifelines(this.#lanes, this.#events, this.#columns).map(toElement));
    this.#head.setAttribute('width', String(this.#columns.width));
    this.#body.setAttribute('width', String(this.#columns.width));
    this.#body.setAttribute('height', String((this.#events.length + 1) * rowHeight));
    // A list of nothing is not one, to who hears the page.
    this.#body.toggleAttribute('hidden', this.#events.length === 0);
  }

  #row(event: SequenceEvent, index: number): Shape {
    const picks = this.#options.onSelect !== undefined;
    const isTarget = event === this.#chosen || (index === 0 && !this.#chosen);
    return shape('g', {
      class: classOf(event),
      transform: `translate(0 ${index * rowHeight})`,
      role: picks ? 'option' : 'listitem',
      ...(picks ? { 'aria-selected': String(event === this.#chosen), tabindex: isTarget ? 0 : -1 } : {}),
    }, [
      shape('text', { class: 'spoken' }, sentence(event, naming(this.#lanes), this.#start)),
      shape('g', { 'aria-hidden': 'true' }, row(event, this.#columns, this.#start)),
    ]);
  }

  #rowOf(target: EventTarget | null): SVGElement | null {
    return (target as Element).closest<SVGElement>('[role=option]');
  }

  #choose(picked: SVGElement | null): void {
    const event = picked ? this.#events[[...this.#rows.children].indexOf(picked)] : undefined;
    if (!picked || !event) return;
    this.#chosen = event;
    for (const one of this.#rows.children) {
      one.setAttribute('aria-selected', String(one === picked));
      one.setAttribute('tabindex', one === picked ? '0' : '-1');
    }
    picked.focus({ preventScroll: true });
    picked.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.#options.onSelect?.(event);
  }

  #key(event: KeyboardEvent): void {
    const now = this.#rowOf(event.target);
    if (!now) return;
    const rows = this.#rows.children;
    const next = { ArrowDown: now.nextElementSibling, ArrowUp: now.previousElementSibling, Home: rows[0], End: rows[rows.length - 1], Enter: now, ' ': now }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#choose(next as SVGElement | null);
  }
}

function classOf({ kind, state }: SequenceEvent): string {
  return state && state !== 'delivered' ? `${kind} ${state}` : kind;
}

function adoptStyle(root: Document | ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(pageStyle);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
