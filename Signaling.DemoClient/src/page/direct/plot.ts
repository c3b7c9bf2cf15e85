import { longestHistory } from './pulse.ts';

const width = 240;
const height = 48;
const namespace = 'http://www.w3.org/2000/svg';

/** A line from left to right, the newest at the right edge; 0 is at the bottom, and `top` just below the upper edge. */
export function plotPath(history: readonly number[], top: number): string {
  const step = width / (longestHistory - 1);
  const start = width - (history.length - 1) * step;
  return history.map((value, index) => {
    const y = height - 2 - (Math.min(value, top) / top) * (height - 6);
    return `${index === 0 ? 'M' : 'L'}${(start + index * step).toFixed(1)} ${y.toFixed(1)}`;
  }).join('');
}

/** The upper end of the scale: the next of 1, 2, 5, 10, … ms; one outlier does not flatten the rest. */
export function scaleFor(history: readonly number[]): number {
  const sorted = [...history].sort((one, other) => one - other);
  const high = (sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 1) * 1.1;
  for (let power = 1; ; power *= 10) for (const factor of [1, 2, 5]) if (factor * power >= high) return factor * power;
}

/** The plot of round trips, small; what it says stands in words beside it. */
export class Plot {
  readonly element = document.createElementNS(namespace, 'svg');
  readonly #line = document.createElementNS(namespace, 'path');
  readonly #dot = document.createElementNS(namespace, 'path');

  constructor() {
    this.element.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.element.setAttribute('class', 'plot');
    this.element.setAttribute('preserveAspectRatio', 'none');
    this.element.setAttribute('aria-hidden', 'true');
    const ground = document.createElementNS(namespace, 'path');
    ground.setAttribute('class', 'ground');
    ground.setAttribute('d', `M0 ${height - 1}H${width}M0 ${height / 2}H${width}`);
    this.#line.setAttribute('class', 'line');
    this.#dot.setAttribute('class', 'dot');
    this.element.append(ground, this.#line, this.#dot);
  }

  show(history: readonly number[]): number {
    const top = scaleFor(history);
    const path = plotPath(history, top);
    this.#line.setAttribute('d', path);
    // A line without length, with a round end: a dot that stays round in a plot of any width.
    this.#dot.setAttribute('d', `${path.slice(Math.max(path.lastIndexOf('L'), 0)).replace('L', 'M')}h0`);
    return top;
  }
}
