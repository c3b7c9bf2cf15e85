import type { Meta } from './server-frame.ts';

/** Browsers and proxies are sure to take an address of this length; metadata that makes it longer is sent after the welcome. */
const longestInUrl = 1_500;

/** What a client tells about itself, and what of it the relay knows. */
export class OwnMeta {
  #set: Meta;
  #pinned: Meta = {};
  #dialled = '{}';
  #told = '{}';

  constructor(meta: Meta) {
    this.#set = meta;
  }

  get value(): Meta {
    return { ...this.#set, ...this.#pinned };
  }

  set(meta: Meta): void {
    this.#set = meta;
  }

  /** Properties that `set` does not touch. */
  pin(meta: Meta): void {
    this.#pinned = { ...this.#pinned, ...meta };
  }

  /** Puts it into the address of the next attempt, so that it is in the `join` that the others get. */
  tellIn(url: URL): void {
    const json = JSON.stringify(this.value);
    this.#dialled = encodeURIComponent(json).length <= longestInUrl ? json : '{}';
    if (this.#dialled !== '{}') url.searchParams.set('meta', json);
  }

  /** A fresh place has what the address said; a place that was kept has what it had. */
  arrived(resumed: boolean): void {
    if (!resumed) this.#told = this.#dialled;
  }

  /** The frame that brings the relay up to date, if it is not. */
  news(): string | undefined {
    const json = JSON.stringify(this.value);
    if (json === this.#told) return undefined;
    this.#told = json;
    return `{"type":"meta","meta":${json}}`;
  }
}
