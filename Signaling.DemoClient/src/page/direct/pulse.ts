import { Emitter } from '../../signaling/emitter.ts';

const everyMs = 1_000;

/** Round trips that are kept: a minute of them. */
export const longestHistory = 60;

/** How long the data channel takes there and back: a number is sent once a second, and comes back. */
export class Pulse extends Emitter<{ beat: number }> {
  /** In milliseconds, the newest last. */
  readonly history: number[] = [];
  readonly #channel: RTCDataChannel;
  readonly #timer: ReturnType<typeof setInterval>;
  #number = 0;
  #sentAt = 0;

  constructor(channel: RTCDataChannel) {
    super();
    this.#channel = channel;
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#received(String(data));
    channel.onopen = () => this.#ask();
    channel.onclose = () => this.close();
    this.#timer = setInterval(() => this.#ask(), everyMs);
    this.#ask();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #ask(): void {
    if (this.#channel.readyState !== 'open') return;
    this.#sentAt = performance.now();
    this.#channel.send(`ping ${++this.#number}`);
  }

  #received(text: string): void {
    if (text.length < 32 && text.startsWith('ping ') && this.#channel.readyState === 'open') return this.#channel.send(`pong ${text.slice(5)}`);
    // A late one says nothing of now; one that comes twice neither.
    if (text !== `pong ${this.#number}` || this.#sentAt === 0) return;
    const took = performance.now() - this.#sentAt;
    this.#sentAt = 0;
    this.history.push(took);
    if (this.history.length > longestHistory) this.history.shift();
    this.emit('beat', took);
  }
}
