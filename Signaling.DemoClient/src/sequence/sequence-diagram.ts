import { Columns } from './columns.ts';
import { headHeight, heads, lifelines, row, rowHeight } from './drawing.ts';
import { Folding } from './fold.ts';
import { classOf, Rows } from './rows.ts';
import type { Lane, SequenceEvent } from './sequence-event.ts';
import { shape, toElement, toText } from './shape.ts';
import { fileStyle, pageStyle } from './style.ts';
import { naming, sentence } from './words.ts';

export type { Lane, SequenceEvent, SequenceKind } from './sequence-event.ts';

export interface SequenceOptions {
  /** How many events are kept; the oldest go. 500 without it. */
  readonly limit?: number;
  /** Whether candidates that follow each other stand in one line until it is opened. */
  readonly folds?: boolean;
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
  readonly #folding: Folding | undefined;
  readonly #head: SVGElement;
  readonly #body: SVGElement;
  readonly #lines: SVGElement;
  readonly #rows: Rows;
  #lanes: readonly Lane[] = [];
  #events: SequenceEvent[] = [];
  #columns = new Columns([], 0);
  #start = 0;

  constructor(host: HTMLElement, options: SequenceOptions = {}) {
    this.#host = host;
    this.#options = options;
    this.#limit = options.limit ?? 500;
    this.#folding = options.folds ? new Folding() : undefined;
    adoptStyle(host.getRootNode() as Document | ShadowRoot);
    this.#head = toElement(shape('svg', { class: 'heads', height: headHeight, 'aria-hidden': 'true' }));
    this.#lines = toElement(shape('g', { 'aria-hidden': 'true' }));
    this.#rows = new Rows({
      draw: event => [
        shape('text', { class: 'spoken' }, sentence(event, naming(this.#lanes), this.#start)),
        shape('g', { 'aria-hidden': 'true' }, row(event, this.#columns, this.#start)),
      ],
      picked: options.onSelect && ((event, isOpened) => this.#picked(event, isOpened)),
    });
    this.#body = toElement(shape('svg', { role: options.onSelect ? 'listbox' : 'list', 'aria-label': 'Messages' }));
    this.#body.append(this.#lines, this.#rows.element);
    const frame = document.createElement('div');
    frame.className = 'sequence';
    frame.append(this.#head, this.#body);
    host.replaceChildren(frame);
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
      this.#show();
    }
    if (atEnd) this.#host.scrollTop = this.#host.scrollHeight;
  }

  clear(): void {
    this.#events = [];
    this.#draw();
  }

  /** The diagram as a file of its own, with nothing folded. */
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
    this.#show(true);
  }

  #show(anew = false): void {
    this.#rows.show(this.#folding?.of(this.#events) ?? this.#events, anew);
    this.#lines.replaceChildren(...lifelines(this.#lanes, this.#rows.shown, this.#columns).map(toElement));
    this.#head.setAttribute('width', String(this.#columns.width));
    this.#body.setAttribute('width', String(this.#columns.width));
    this.#body.setAttribute('height', String((this.#rows.shown.length + 1) * rowHeight));
    // A list of nothing is not one, to who hears the page.
    this.#body.toggleAttribute('hidden', this.#events.length === 0);
  }

  #picked(event: SequenceEvent, isOpened: boolean): void {
    if (!isOpened || !event.folded) return this.#options.onSelect?.(event);
    this.#folding?.unfold(event);
    this.#show();
  }
}

function adoptStyle(root: Document | ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(pageStyle);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
