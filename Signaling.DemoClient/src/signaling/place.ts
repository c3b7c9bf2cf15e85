import type { Welcome } from './server-frame.ts';

/** What a welcome meant for the place that a client had. */
export interface Arrival {
  readonly previousId: string | undefined;
  readonly resumed: boolean;
  /** Something may have been missed since the last welcome. */
  readonly missed: boolean;
}

/** A client's place in its room: who it is there, and what it takes to come back to it. */
export class Place {
  #id: string | undefined;
  #secret: string | undefined;
  #got = 0;

  get id(): string | undefined {
    return this.#id;
  }

  /** A frame, the welcome excepted, came for this place; the relay counts the same, whatever is in it. */
  received(): void {
    this.#got++;
  }

  arrived(welcome: Welcome): Arrival {
    const previousId = this.#id;
    const resumed = welcome.resumed && welcome.id === previousId;
    if (!resumed || welcome.gap) this.#got = 0;
    this.#id = welcome.id;
    this.#secret = welcome.resume;
    return { previousId, resumed, missed: previousId !== undefined && (!resumed || welcome.gap) };
  }

  /** Asks, in the address of the next attempt, for this place and for what came since. */
  askIn(url: URL): void {
    if (this.#secret === undefined) return;
    url.searchParams.set('resume', this.#secret);
    url.searchParams.set('got', String(this.#got));
  }
}
