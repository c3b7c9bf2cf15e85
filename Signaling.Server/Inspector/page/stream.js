// Server-sent events by fetch: an EventSource cannot send a header, and a token is not to stand in a URL.

const firstPause = 500;
const longestPause = 10_000;

/** Reads a stream of events until it is stopped; comes back by itself and goes on after the last event that it has got. */
export class EventStream {
  #url;
  #on;
  #abort = new AbortController();
  #last;

  /**
   * @param {string} url
   * @param {{ token(): string, event(name: string, data: unknown): void, state(state: 'live' | 'lost' | 'refused', status?: number): void }} on
   */
  constructor(url, on) {
    this.#url = url;
    this.#on = on;
    void this.#run();
  }

  stop() {
    this.#abort.abort();
  }

  async #run() {
    for (let pause = firstPause; !this.#abort.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      try {
        const answer = await fetch(this.#url, { headers: this.#headers(), signal: this.#abort.signal, cache: 'no-store' });
        if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
          this.#on.state('refused', answer.status);
          return;
        }
        if (answer.ok) {
          this.#on.state('live');
          pause = firstPause;
          await this.#read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
        }
      } catch {
        // Lost; below.
      }
      if (this.#abort.signal.aborted) return;
      this.#on.state('lost');
      // Not all at the same moment after a restart of the relay.
      await new Promise(resume => setTimeout(resume, pause * (0.5 + Math.random() / 2)));
    }
  }

  #headers() {
    const headers = { Accept: 'text/event-stream' };
    const token = this.#on.token();
    if (token) headers.Authorization = `Bearer ${token}`;
    if (this.#last) headers['Last-Event-ID'] = this.#last;
    return headers;
  }

  async #read(reader) {
    let text = '';
    for (let part; !(part = await reader.read()).done;) {
      text += part.value;
      const blocks = text.split('\n\n');
      text = blocks.pop();
      for (const block of blocks) this.#handle(block);
    }
  }

  #handle(block) {
    let name = '', data = '';
    for (const line of block.split('\n')) {
      const at = line.indexOf(': ');
      const value = line.slice(at + 2);
      switch (line.slice(0, at)) {
        case 'id': this.#last = value; break;
        case 'event': name = value; break;
        case 'data': data = value; break;
      }
    }
    if (name && !this.#abort.signal.aborted) this.#on.event(name, JSON.parse(data));
  }
}
