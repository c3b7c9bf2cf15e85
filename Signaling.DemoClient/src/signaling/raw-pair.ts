import { Emitter } from './emitter.ts';
import { type LinkSignal, type PairMessage, parsePairMessage } from './pair-message.ts';
import { type LinkEnd, PeerLink } from './peer-link.ts';
import { randomName } from './random-name.ts';
import type { RawSignalingClient } from './raw-signaling-client.ts';

/** `full`: the room has two others. `left`: the other is gone, and nobody new has come yet. */
export type PairState = 'waiting' | 'connecting' | 'connected' | 'full' | 'left';

export interface PairStateChange {
  readonly state: PairState;
  /** Why the last link ended, where one did. */
  readonly end?: LinkEnd;
}

export interface RawPairEvents {
  state: PairStateChange;
  /** An offer, answer or candidate crossed the relay. */
  signal: { readonly direction: 'sent' | 'received'; readonly type: LinkSignal['type']; readonly signal: LinkSignal };
  /** A text of the other tab, by the data channel. */
  message: string;
}

export interface RawPairOptions {
  readonly id?: string;
  /** A tab that found the room full asks again after this long: those two may have ended without a word. */
  readonly askAgainMs?: number;
  /** Nobody said `full` for this long: the room is free. */
  readonly quietMs?: number;
  readonly createLink?: (call: string, offers: boolean) => PeerLink;
}

interface Partner {
  readonly id: string;
  readonly link: PeerLink;
}

/** Brings two members of a raw room together, and no third: `PairMessage` has the convention. */
export class RawPair extends Emitter<RawPairEvents> {
  readonly id: string;
  readonly #client: Pick<RawSignalingClient, 'on' | 'send' | 'state'>;
  readonly #options: Required<Omit<RawPairOptions, 'id'>>;
  readonly #forget: (() => void)[];
  #state: PairState = 'waiting';
  #partner: Partner | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Pick<RawSignalingClient, 'on' | 'send' | 'state'>, { id = randomName(), ...options }: RawPairOptions = {}) {
    super();
    this.id = id;
    this.#client = client;
    this.#options = {
      askAgainMs: 10_000,
      quietMs: 2_000,
      createLink: (call, offers) => new PeerLink({ call, offers }),
      ...options,
    };
    this.#forget = [
      client.on('state', ({ phase }) => { if (phase === 'open') this.#relayIsThere(); }),
      client.on('message', text => this.#received(text)),
    ];
    if (client.state.phase === 'open') this.#relayIsThere();
  }

  get state(): PairState {
    return this.#state;
  }

  /** To the other tab, by the data channel. False when there is none. */
  send(text: string): boolean {
    return this.#partner?.link.send(text) ?? false;
  }

  /** Says bye and ends the connection, for good. */
  leave(): void {
    for (const forget of this.#forget) forget();
    this.#say({ type: 'bye', from: this.id });
    this.#part();
  }

  #relayIsThere(): void {
    // An open channel needs no relay. A handshake does, and what it sent while the relay was away is lost: from the start.
    if (this.#partner?.link.isOpen) return;
    const wasConnecting = this.#part();
    if (wasConnecting) this.#enter('waiting');
    if (this.#state === 'full') return this.#ask();
    this.#say({ type: 'hello', from: this.id });
  }

  #received(text: string): void {
    const message = parsePairMessage(text);
    if (!message || message.from === this.id) return;
    if ('to' in message && message.to !== this.id) return;
    switch (message.type) {
      case 'hello': return this.#hello(message.from);
      case 'here': return this.#here(message.from, message.to === undefined);
      case 'full': return this.#full(message.from);
      case 'bye': return this.#bye(message.from);
      default: return this.#signal(message);
    }
  }

  #hello(from: string): void {
    if (this.#partner?.id === from) this.#free('waiting', 'left');
    else if (this.#partner?.link.isBroken) this.#free('waiting', 'lost');
    if (this.#partner) this.#say({ type: 'full', from: this.id, to: from });
    else if (this.#state !== 'full') this.#meet(from);
  }

  #here(from: string, toAll: boolean): void {
    if (!this.#partner) {
      if (this.#offersTo(from) || toAll) this.#meet(from);
    } else if (toAll && this.#partner.id !== from) {
      this.#say({ type: 'full', from: this.id, to: from });
    }
  }

  #full(from: string): void {
    if (this.#partner && (this.#partner.id !== from || this.#partner.link.isOpen)) return;
    this.#part();
    this.#enter('full');
    this.#timer = setTimeout(() => this.#ask(), this.#options.askAgainMs);
  }

  #bye(from: string): void {
    if (this.#partner?.id !== from) return;
    this.#free('left', 'left');
    this.#say({ type: 'here', from: this.id });
  }

  #signal(message: PairMessage & LinkSignal): void {
    const { from, type, call } = message;
    if (type === 'offer') this.#offered(from, call);
    if (this.#partner?.id !== from || this.#partner.link.call !== call) return;
    this.emit('signal', { direction: 'received', type, signal: message });
    this.#partner.link.receive(message);
  }

  #offered(from: string, call: string): void {
    if (this.#offersTo(from) || this.#partner?.link.call === call) return;
    if (this.#partner?.link.isBroken || this.#partner?.id === from) this.#part();
    if (this.#partner) this.#say({ type: 'full', from: this.id, to: from });
    else this.#join(from, call);
  }

  /** Both sides compare the same two ids, so however they meet, exactly one of them offers. */
  #offersTo(other: string): boolean {
    return this.id < other;
  }

  #meet(other: string): void {
    if (this.#offersTo(other)) this.#join(other, randomName());
    else this.#say({ type: 'here', from: this.id, to: other });
  }

  #join(other: string, call: string): void {
    clearTimeout(this.#timer);
    const link = this.#options.createLink(call, this.#offersTo(other));
    this.#partner = { id: other, link };
    link.on('signal', signal => {
      if (this.#say({ from: this.id, to: other, ...signal })) this.emit('signal', { direction: 'sent', type: signal.type, signal });
    });
    link.on('open', () => this.#enter('connected'));
    link.on('message', text => this.emit('message', text));
    link.on('end', end => this.#ended(other, end));
    this.#enter('connecting');
    link.start();
  }

  #ended(other: string, end: LinkEnd): void {
    this.#free(end === 'failed' ? 'waiting' : 'left', end);
    this.#say({ type: 'bye', from: this.id, to: other });
    this.#say({ type: 'here', from: this.id });
  }

  #ask(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#enter('waiting'), this.#options.quietMs);
    this.#say({ type: 'hello', from: this.id });
  }

  #free(state: PairState, end: LinkEnd): void {
    this.#part();
    this.#enter(state, end);
  }

  /** Whether there was a partner. */
  #part(): boolean {
    clearTimeout(this.#timer);
    const partner = this.#partner;
    this.#partner = undefined;
    partner?.link.close();
    return partner !== undefined;
  }

  #say(message: PairMessage): boolean {
    return this.#client.send(JSON.stringify(message));
  }

  #enter(state: PairState, end?: LinkEnd): void {
    this.#state = state;
    this.emit('state', end ? { state, end } : { state });
  }
}
