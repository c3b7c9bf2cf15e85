import type { Lane } from './sequence-event.ts';

const narrowest = 112;

/** How wide a letter is, at most on average. */
export const letter = 7;

/** Less room than this is a phone's: times stand closer to the edge, and the outer lanes, too. */
const phone = 520;

/** The columns for these lanes in so much room: at least as far apart as a label is wide. */
export class Columns {
  readonly width: number;
  /** Where the times end. */
  readonly gutter: number;
  readonly #lane: number;
  readonly #first: number;
  readonly #index: Map<string, number>;

  constructor(lanes: readonly Lane[], room: number) {
    const isPhone = room < phone && lanes.length > 1;
    const many = Math.max(lanes.length, 1);
    const edge = 40;
    this.gutter = isPhone ? 48 : 62;
    const inner = room - this.gutter - 14;
    this.#lane = Math.max(narrowest, Math.floor(isPhone ? (inner - 2 * edge) / (many - 1) : inner / many));
    this.#first = this.gutter + 14 + (isPhone ? edge : this.#lane / 2);
    this.#index = new Map(lanes.map(({ id }, index) => [id, index]));
    this.width = this.#first + this.#lane * (many - 1) + (isPhone ? edge : this.#lane / 2);
  }

  has(id: string): boolean {
    return this.#index.has(id);
  }

  /** The middle of a lane. */
  x(id: string): number {
    return this.#first + this.#lane * (this.#index.get(id) ?? 0);
  }

  /** The middles of all lanes but one. */
  others(id: string): number[] {
    return [...this.#index.keys()].filter(one => one !== id).map(one => this.x(one));
  }

  /** Characters that fit between two lanes. */
  get letters(): number {
    return Math.floor(this.#lane / letter);
  }
}
