import type { ConnectionState } from './connection-state.ts';
import { Emitter } from './emitter.ts';
import type { ReconnectOptions } from './reconnect-options.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';

export interface RawSignalingClientEvents {
  state: ConnectionState;
  /** A text message of another member of the room. */
  message: string;
}

/** One raw connection to one room of the relay: what is sent reaches all others as it is, and nothing else is said. */
export class RawSignalingClient extends Emitter<RawSignalingClientEvents> {
  readonly url: string;
  readonly #socket: ReconnectingSocket;

  constructor(url: string, options: ReconnectOptions = {}) {
    super();
    this.url = url;
    this.#socket = new ReconnectingSocket({
      target: () => ({ url, protocols: [] }),
      opened: () => this.#socket.ready(),
      received: data => { if (typeof data === 'string') this.emit('message', data); },
      canTakeOver: false,
    }, options);
    this.#socket.on('state', state => this.emit('state', state));
  }

  get state(): ConnectionState {
    return this.#socket.state;
  }

  connect(): void {
    this.#socket.connect();
  }

  /** Cuts the present wait short; nothing happens unless a retry is being waited for. */
  retryNow(): void {
    this.#socket.retryNow();
  }

  /** False when there is no connection: the message is not kept. */
  send(text: string): boolean {
    if (this.state.phase !== 'open') return false;
    this.#socket.send(text);
    return true;
  }

  /** For good. */
  close(): void {
    this.#socket.close();
  }
}
