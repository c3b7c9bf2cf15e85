import { Emitter } from './emitter.ts';
import type { LinkSignal } from './pair-message.ts';

/** `failed`: no connection came about. `left`: the other side closed it. `lost`: it broke and did not mend. */
export type LinkEnd = 'failed' | 'left' | 'lost';

export interface PeerLinkEvents {
  /** To be carried to the other side. */
  signal: LinkSignal;
  open: undefined;
  /** A text from the other side's data channel. */
  message: string;
  end: LinkEnd;
}

export interface PeerLinkOptions {
  /** Names this attempt; both sides give the same. */
  readonly call: string;
  /** Exactly one side offers: when both do, Chromium's roll-back can stall. */
  readonly offers: boolean;
  readonly openWithinMs?: number;
  /** How long a connection that stopped answering may take to mend itself. */
  readonly mendWithinMs?: number;
  readonly createConnection?: () => RTCPeerConnection;
}

/** One RTCPeerConnection with one text channel to one other side, from handshake to end. It is used once. */
export class PeerLink extends Emitter<PeerLinkEvents> {
  readonly call: string;
  readonly #connection: RTCPeerConnection;
  readonly #channel: RTCDataChannel;
  readonly #offers: boolean;
  readonly #mendWithinMs: number;
  readonly #early: RTCIceCandidateInit[] = [];
  #work = Promise.resolve();
  #ended = false;
  #opened = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ call, offers, openWithinMs = 10_000, mendWithinMs = 10_000, createConnection }: PeerLinkOptions) {
    super();
    this.call = call;
    this.#offers = offers;
    this.#mendWithinMs = mendWithinMs;
    this.#connection = createConnection?.() ?? new RTCPeerConnection();
    // Negotiated: both sides have the channel from the start, so no message can come before somebody listens.
    this.#channel = this.#connection.createDataChannel('text', { negotiated: true, id: 0 });
    this.#timer = setTimeout(() => this.#end('failed'), openWithinMs);
    this.#listen();
  }

  /** Whether the channel opened; it stays true while a break may still mend. */
  get isOpen(): boolean {
    return this.#opened && !this.#ended;
  }

  /** Open, but the other side has stopped answering. */
  get isBroken(): boolean {
    return this.isOpen && this.#connection.connectionState === 'disconnected';
  }

  /** Begins the handshake, on the side that offers; the other side begins when the offer is received. */
  start(): void {
    if (this.#offers) this.#then(() => this.#describe('offer'));
  }

  receive(signal: LinkSignal): void {
    if (signal.call !== this.call) return;
    this.#then(() => signal.type === 'candidate' ? this.#addCandidate(signal.candidate) : this.#accept(signal.type, signal.sdp));
  }

  /** False when the channel is not open. */
  send(text: string): boolean {
    if (this.#channel.readyState !== 'open') return false;
    this.#channel.send(text);
    return true;
  }

  close(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#connection.close();
  }

  #listen(): void {
    this.#connection.onicecandidate = ({ candidate }) => {
      if (candidate && !this.#ended) this.emit('signal', { type: 'candidate', call: this.call, candidate: candidate.toJSON() });
    };
    this.#connection.onconnectionstatechange = () => this.#connectionChanged(this.#connection.connectionState);
    this.#channel.onopen = () => {
      clearTimeout(this.#timer);
      this.#opened = true;
      this.emit('open', undefined);
    };
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') this.emit('message', data);
    };
    this.#channel.onclose = () => this.#end('left');
  }

  #connectionChanged(state: RTCPeerConnectionState): void {
    if (state === 'failed') return this.#end(this.#opened ? 'lost' : 'failed');
    if (!this.#opened || this.#ended) return;
    clearTimeout(this.#timer);
    if (state === 'disconnected') this.#timer = setTimeout(() => this.#end('lost'), this.#mendWithinMs);
  }

  /** One step after the other: a description is set before the candidates that came behind it are added. */
  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (!this.#ended) await step();
    }).catch(() => this.#end('failed'));
  }

  async #describe(type: 'offer' | 'answer'): Promise<void> {
    await this.#connection.setLocalDescription();
    const sdp = this.#connection.localDescription?.sdp;
    if (sdp !== undefined && !this.#ended) this.emit('signal', { type, call: this.call, sdp });
  }

  async #accept(type: 'offer' | 'answer', sdp: string): Promise<void> {
    if ((type === 'offer') === this.#offers) return;
    await this.#connection.setRemoteDescription({ type, sdp });
    for (const candidate of this.#early.splice(0)) await this.#addCandidate(candidate);
    if (type === 'offer') await this.#describe('answer');
  }

  async #addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (!this.#connection.remoteDescription) return void this.#early.push(candidate);
    // One candidate that cannot be used is no reason to give up: the others may do.
    await this.#connection.addIceCandidate(candidate).catch(() => undefined);
  }

  #end(reason: LinkEnd): void {
    if (this.#ended) return;
    this.close();
    this.emit('end', reason);
  }
}
