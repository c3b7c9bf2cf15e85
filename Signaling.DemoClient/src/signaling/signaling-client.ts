import { type Backoff, defaultBackoff, retryDelay } from './backoff.ts';
import { isWorthRetrying } from './close-codes.ts';
import { Emitter } from './emitter.ts';

/** `retryInMs` is null while a retry is under way. `refused` is final: the relay gave a close code not worth a retry. */
export type RelayState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected' }
  | { readonly phase: 'away'; readonly retryInMs: number | null }
  | { readonly phase: 'refused'; readonly code: number; readonly reason: string };

export interface SignalingClientEvents {
  state: RelayState;
  /** A text message of another member of the room. */
  message: string;
}

export interface SignalingClientOptions {
  readonly backoff?: Backoff;
  /** A connection attempt without an answer is given up after this long. */
  readonly connectWithinMs?: number;
  /** A connection that lasted this long was a good one: the next loss is retried quickly again. */
  readonly steadyAfterMs?: number;
  readonly random?: () => number;
  readonly openSocket?: (url: string) => WebSocket;
}

/** One connection to one room of the relay, made again whenever it is lost, until `close`. */
export class SignalingClient extends Emitter<SignalingClientEvents> {
  readonly url: string;
  readonly #options: Required<SignalingClientOptions>;
  #state: RelayState = { phase: 'idle' };
  #socket: WebSocket | undefined;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, options: SignalingClientOptions = {}) {
    super();
    this.url = url;
    this.#options = {
      backoff: defaultBackoff,
      connectWithinMs: 10_000,
      steadyAfterMs: 5_000,
      random: Math.random,
      openSocket: address => new WebSocket(address),
      ...options,
    };
  }

  get state(): RelayState {
    return this.#state;
  }

  connect(): void {
    if (this.#socket || this.#state.phase === 'away') return;
    this.#enter({ phase: 'connecting' });
    this.#open();
  }

  /** Cuts the present wait short; nothing happens unless a retry is being waited for. */
  retryNow(): void {
    if (this.#state.phase !== 'away' || this.#socket) return;
    clearTimeout(this.#retry);
    this.#enter({ phase: 'away', retryInMs: null });
    this.#open();
  }

  /** False when there is no connection: the message is not kept. */
  send(text: string): boolean {
    if (this.#state.phase !== 'connected') return false;
    this.#socket?.send(text);
    return true;
  }

  close(): void {
    clearTimeout(this.#retry);
    const socket = this.#drop();
    this.#attempt = 0;
    this.#enter({ phase: 'idle' });
    socket?.close();
  }

  #open(): void {
    const socket = this.#tryOpen();
    if (!socket) return this.#lost();
    this.#socket = socket;
    this.#deadline = setTimeout(() => {
      this.#drop()?.close();
      this.#lost();
    }, this.#options.connectWithinMs);

    // A socket that was dropped may still report: only the present one counts.
    const ifCurrent = <E>(handle: (event: E) => void) => (event: E) => {
      if (this.#socket === socket) handle(event);
    };
    socket.onopen = ifCurrent(() => {
      clearTimeout(this.#deadline);
      this.#deadline = setTimeout(() => { this.#attempt = 0; }, this.#options.steadyAfterMs);
      this.#enter({ phase: 'connected' });
    });
    socket.onmessage = ifCurrent(({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') this.emit('message', data);
    });
    socket.onclose = ifCurrent(({ code, reason }: CloseEvent) => {
      this.#drop();
      if (isWorthRetrying(code)) this.#lost();
      else this.#enter({ phase: 'refused', code, reason });
    });
  }

  /** The constructor throws where a secure page may not open a ws: address. */
  #tryOpen(): WebSocket | undefined {
    try {
      return this.#options.openSocket(this.url);
    } catch {
      return undefined;
    }
  }

  #lost(): void {
    const retryInMs = retryDelay(this.#attempt++, this.#options.random, this.#options.backoff);
    this.#retry = setTimeout(() => this.retryNow(), retryInMs);
    this.#enter({ phase: 'away', retryInMs });
  }

  #drop(): WebSocket | undefined {
    clearTimeout(this.#deadline);
    const socket = this.#socket;
    this.#socket = undefined;
    return socket;
  }

  #enter(state: RelayState): void {
    this.#state = state;
    this.emit('state', state);
  }
}
