import { type Clock, systemClock } from './clock.ts';
import { Emitter } from './emitter.ts';
import type { MeshSignal, NegotiationSignal } from './mesh-signal.ts';
import { Negotiation } from './negotiation.ts';
import { randomName } from './random-name.ts';

/** `failed`: no connection came about. `left`: the other side closed it. `lost`: it broke and did not mend. */
export type PairEnd = 'failed' | 'left' | 'lost';

export interface MeshPairEvents {
  /** To be carried to the other side. */
  signal: MeshSignal;
  connected: undefined;
  /** It stopped answering; it may mend. */
  interrupted: undefined;
  message: string | ArrayBuffer;
  end: PairEnd;
}

export interface MeshPairOptions {
  readonly connection: RTCPeerConnection;
  readonly polite: boolean;
  readonly clock?: Clock;
  readonly openWithinMs?: number;
  /** How long a connection that stopped answering may take to mend, ICE restarts included. */
  readonly mendWithinMs?: number;
}

/** The polite side leaves an ICE restart to the other for so long: two offers at once are better avoided. */
const politeRestartMs = 3_000;

/** One RTCPeerConnection to one other peer, with the text channel `chat`. It is used once. */
export class MeshPair extends Emitter<MeshPairEvents> {
  /** Names this connection to the other side. */
  readonly session = randomName();
  readonly connection: RTCPeerConnection;
  readonly #options: Required<MeshPairOptions>;
  readonly #channel: RTCDataChannel;
  readonly #negotiation: Negotiation;
  #theirs: string | undefined;
  #opened = false;
  #broken = false;
  #ended = false;
  #callOffEnd: () => void;
  #callOffRestart = () => {};

  constructor(options: MeshPairOptions) {
    super();
    this.#options = { clock: systemClock, openWithinMs: 15_000, mendWithinMs: 30_000, ...options };
    const { connection, polite, clock, openWithinMs } = this.#options;
    this.connection = connection;
    this.#negotiation = new Negotiation({
      connection, polite, clock,
      send: signal => this.#say(signal),
      failed: () => this.#end('failed'),
    });
    // Negotiated: both sides have the channel from the start, so no message can come before somebody listens.
    this.#channel = connection.createDataChannel('chat', { negotiated: true, id: 0 });
    this.#channel.binaryType = 'arraybuffer';
    this.#callOffEnd = clock.after(openWithinMs, () => this.#end('failed'));
    this.#listen();
  }

  /** Whether the channel opened; it stays true while a break may still mend. */
  get isConnected(): boolean {
    return this.#opened && !this.#ended;
  }

  /** Begins the handshake; the other side begins when the offer is received. */
  call(): void {
    this.#negotiation.start();
  }

  /** `unknown`: it begins another connection, or is late from an earlier one. */
  receive({ session, of, ...signal }: MeshSignal): 'received' | 'unknown' {
    if (of !== undefined && of !== this.session) return 'unknown';
    this.#theirs ??= session;
    if (this.#theirs !== session) return 'unknown';
    if (!this.#ended) this.#negotiation.receive(signal);
    return 'received';
  }

  /** False when the channel is not open. */
  send(data: string | ArrayBuffer): boolean {
    if (this.#channel.readyState !== 'open') return false;
    this.#channel.send(data as string);
    return true;
  }

  /** The way to the other side may be another now, or what was said of a new one may be lost. */
  mend(): void {
    if (this.isConnected) this.#restart();
  }

  close(): void {
    this.#ended = true;
    this.#callOffEnd();
    this.#callOffRestart();
    this.connection.close();
  }

  #listen(): void {
    this.connection.onconnectionstatechange = () => this.#changed(this.connection.connectionState);
    this.#channel.onopen = () => {
      this.#callOffEnd();
      this.#opened = true;
      this.emit('connected', undefined);
    };
    this.#channel.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => { if (!this.#ended) this.emit('message', data); };
    this.#channel.onclose = () => this.#end('left');
  }

  #changed(state: RTCPeerConnectionState): void {
    if (this.#ended) return;
    if (!this.#opened) return state === 'failed' ? this.#end('failed') : undefined;
    if (state === 'connected') this.#mended();
    if (state === 'disconnected' || state === 'failed') this.#brokeDown();
    if (state === 'failed') this.#restart();
  }

  #brokeDown(): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#callOffEnd = this.#options.clock.after(this.#options.mendWithinMs, () => this.#end('lost'));
    this.emit('interrupted', undefined);
  }

  #mended(): void {
    this.#callOffRestart();
    if (!this.#broken) return;
    this.#broken = false;
    this.#callOffEnd();
    this.emit('connected', undefined);
  }

  #restart(): void {
    const restart = () => this.#negotiation.restartIce();
    this.#callOffRestart();
    if (this.#options.polite) this.#callOffRestart = this.#options.clock.after(politeRestartMs, restart);
    else restart();
  }

  #say(signal: NegotiationSignal): void {
    if (!this.#ended) this.emit('signal', { session: this.session, ...(this.#theirs === undefined ? {} : { of: this.#theirs }), ...signal });
  }

  #end(reason: PairEnd): void {
    if (this.#ended) return;
    this.close();
    this.emit('end', reason);
  }
}
