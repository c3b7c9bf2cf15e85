import { type Columns, letter } from './columns.ts';
import type { Lane, SequenceEvent } from './sequence-event.ts';
import { shape, type Shape } from './shape.ts';
import { isBothWays, label, since } from './words.ts';

/** Where things are; pure. */
export const rowHeight = 34;
export const headHeight = 34;
const head = 7;

export function heads(lanes: readonly Lane[], columns: Columns, you: string | undefined): Shape[] {
  return lanes.map(({ id, name }) => shape('text', {
    class: id === you ? 'head you' : 'head', x: columns.x(id), y: headHeight / 2 + 5, 'text-anchor': 'middle',
  }, fitting(id === you ? `${name} (you)` : name, columns.letters)));
}

/** From where to where each lane is there: from its join, or the top, to its leave, or the bottom. */
export function lifelines(lanes: readonly Lane[], events: readonly SequenceEvent[], columns: Columns): Shape[] {
  const bottom = (events.length + 1) * rowHeight;
  return lanes.flatMap(({ id }) => {
    const own = events.map((event, row) => ({ event, row })).filter(({ event }) => event.from === id && (event.kind === 'join' || event.kind === 'leave'));
    const lines: Shape[] = [];
    let from: number | undefined = own[0]?.event.kind === 'join' ? undefined : 0;
    for (const { event, row } of own) {
      const y = middle(row);
      if (event.kind === 'join') from ??= y;
      else if (from !== undefined) {
        lines.push(vertical(columns.x(id), from, y));
        from = undefined;
      }
    }
    if (from !== undefined) lines.push(vertical(columns.x(id), from, bottom));
    return lines;
  });
}

/** One event at the top of its own row. */
export function row(event: SequenceEvent, columns: Columns, start: number): Shape[] {
  const y = middle(0);
  return [
    shape('rect', { class: 'row', x: 0, y: 0, width: columns.width, height: rowHeight }),
    shape('text', { class: 'time', x: columns.gutter, y: y + 4, 'text-anchor': 'end' }, since(event.at, start)),
    ...(isPresence(event) ? presence(event, columns, y) : event.kind === 'direct' ? direct(event, columns, y) : arrow(event, columns, y)),
  ];
}

export function middle(row: number): number {
  return row * rowHeight + rowHeight / 2;
}

function isPresence({ kind }: SequenceEvent): boolean {
  return kind === 'join' || kind === 'leave' || kind === 'note';
}

function presence(event: SequenceEvent, columns: Columns, y: number): Shape[] {
  const x = columns.x(event.from);
  // On the other side of the lane, where there is no room to its right.
  const fits = label(event).length * letter < columns.width - x - 12;
  return [
    shape('circle', { class: `mark ${event.kind}`, cx: x, cy: y, r: 5 }),
    said(fits ? x + 12 : x - 12, y + 4, fits ? 'start' : 'end', event, columns),
  ];
}

function arrow(event: SequenceEvent, columns: Columns, y: number): Shape[] {
  const from = columns.x(event.from);
  const line = y + 8;
  if (event.state === 'refused') {
    const to = event.to !== null && columns.has(event.to) ? (from + columns.x(event.to)) / 2 : from + 40;
    return [
      shape('path', { class: 'line', d: `M${from} ${line}H${to}` }),
      shape('path', { class: 'cross', d: `M${to - 5} ${line - 5}l10 10m0 -10l-10 10` }),
      shape('text', { class: 'label', x: from + (to < from ? -8 : 8), y: y + 1, 'text-anchor': to < from ? 'end' : 'start' },
        fitting([label(event), event.reason].filter(Boolean).join(': '), columns.letters * 2)),
    ];
  }
  const ends = event.to === null ? columns.others(event.from) : columns.has(event.to) ? [columns.x(event.to)] : [];
  if (ends.length === 0) ends.push(from + 40); // nobody is there to hear it
  const [left, right] = [Math.min(from, ...ends), Math.max(from, ...ends)];
  const nearest = ends.reduce((best, one) => (Math.abs(one - from) < Math.abs(best - from) ? one : best));
  return [
    shape('path', { class: event.state === 'queued' ? 'line queued' : 'line', d: `M${left} ${line}H${right}` }),
    shape('circle', { class: 'dot', cx: from, cy: line, r: 2.5 }),
    ...ends.map(to => tip(to, line, to > from)),
    ...(isBothWays(event) ? [tip(from, line, from > nearest)] : []),
    said((from + nearest) / 2, y + 1, 'middle', event, columns),
  ];
}

/** Across all of it: what is above went by the relay, and what the two say from here on does not. */
function direct(event: SequenceEvent, columns: Columns, y: number): Shape[] {
  const [from, to] = [columns.x(event.from), columns.x(event.to ?? event.from)];
  const line = y + 8;
  return [
    shape('path', { class: 'rule', d: `M0 ${line}H${columns.width}` }),
    shape('path', { class: 'line', d: `M${from} ${line}H${to}` }),
    ...[from, to].map(x => shape('circle', { class: 'dot', cx: x, cy: line, r: 4 })),
    said((from + to) / 2, y + 1, 'middle', event, columns),
  ];
}

function tip(x: number, y: number, right: boolean): Shape {
  const back = right ? -head : head;
  return shape('path', { class: 'tip', d: `M${x} ${y}l${back} ${-head / 1.6}v${head * 1.25}z` });
}

function said(x: number, y: number, anchor: string, event: SequenceEvent, columns: Columns): Shape {
  return shape('text', { class: 'label', x, y, 'text-anchor': anchor }, fitting(label(event), columns.letters));
}

function vertical(x: number, from: number, to: number): Shape {
  return shape('path', { class: 'life', d: `M${x} ${from}V${to}` });
}

function fitting(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(letters - 1, 1))}…`;
}
