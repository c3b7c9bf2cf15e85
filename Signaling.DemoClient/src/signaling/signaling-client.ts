import { type Clock, systemClock } from './clock.ts';
import type { ConnectionState } from './connection-state.ts';
import { Emitter } from './emitter.ts';
import { Outgoing } from './outgoing.ts';
import { OwnMeta } from './own-meta.ts';
import { Place } from './place.ts';
import type { ReconnectOptions } from './reconnect-options.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';
import { Roster } from './roster.ts';
import {
  type Limits, type Meta, parseServerFrame, type PeerMessage, type RosterEntry, type ServerFrame, type Welcome,
} from './server-frame.ts';
import type { SignalingClientEvents } from './signaling-events.ts';
import type { Target } from './spoken.ts';
import { TokenSource } from './token-source.ts';
import { defaultQueueLimits, type QueueLimits } from './waiting-messages.ts';

export interface SignalingClientOptions extends ReconnectOptions {
  readonly meta?: Meta;
  readonly token?: string;
  /** Asked when there is no token yet, and when the one there is may have been refused. */
  readonly getToken?: () => string | Promise<string>;
  /** For messages sent while there is no connection. */
  readonly queue?: QueueLimits;
  /** How long what was missed, and the rest of a long roster, may take to come after a reconnect. */
  readonly rosterWithinMs?: number;
}

/** A place in a room of the relay (`signaling.v1`), kept over lost connections. */
export class SignalingClient extends Emitter<SignalingClientEvents> {
  readonly url: string;
  readonly #socket: ReconnectingSocket;
  readonly #token: TokenSource;
  readonly #clock: Clock;
  readonly #rosterWithinMs: number;
  readonly #outgoing: Outgoing;
  readonly #roster = new Roster(({ type, ...change }) => this.emit(type as 'join', change as RosterEntry));
  readonly #place = new Place();
  readonly #meta: OwnMeta;
  #room = '';
  #iceServers: readonly RTCIceServer[] = [];
  #callOffSettling = () => {};

  /** `url` is that of the room, see `roomUrl`. */
  constructor(url: string, { meta = {}, token, getToken, queue = defaultQueueLimits, rosterWithinMs = 10_000, ...options }: SignalingClientOptions = {}) {
    super();
    this.url = url;
    this.#meta = new OwnMeta(meta);
    this.#token = new TokenSource(token, getToken);
    this.#rosterWithinMs = rosterWithinMs;
    this.#clock = options.clock ?? systemClock;
    this.#socket = new ReconnectingSocket({
      target: () => this.#target(),
      received: data => this.#received(data),
      farewell: () => this.#bye(),
      canRenewToken: () => this.#token.canRenew,
      ended: (code, wasReady) => this.#ended(code, wasReady),
      canTakeOver: true,
    }, options);
    this.#outgoing = new Outgoing(this.#socket, queue, failure => this.emit('error', failure));
    this.#socket.on('state', state => {
      this.emit('state', state);
      if (state.phase === 'closed') this.#outgoing.closed(state.why);
    });
  }

  get state(): ConnectionState {
    return this.#socket.state;
  }

  /** This client's, by the last welcome; undefined before the first. */
  get id(): string | undefined {
    return this.#place.id;
  }

  get room(): string {
    return this.#room;
  }

  /** The others in the room, with what they tell about themselves. */
  get peers(): ReadonlyMap<string, Meta> {
    return this.#roster.peers;
  }

  get iceServers(): readonly RTCIceServer[] {
    return this.#iceServers;
  }

  get limits(): Limits {
    return this.#outgoing.limits;
  }

  /** What this client tells about itself. */
  get meta(): Meta {
    return this.#meta.value;
  }

  connect(): void {
    this.#socket.connect();
  }

  /** Cuts the present wait short; nothing happens unless a retry is being waited for. */
  retryNow(): void {
    this.#socket.retryNow();
  }

  /** To all others in the room. The returned `ref` is in the `error` event, should it not be delivered. */
  send(data: unknown): string {
    return this.#outgoing.say(data, undefined);
  }

  /** To one peer of the room. The returned `ref` is in the `error` event, should it not be delivered. */
  sendTo(id: string, data: unknown): string {
    return this.#outgoing.say(data, id);
  }

  setMeta(meta: Meta): void {
    this.#meta.set(meta);
    this.#tellMeta();
  }

  /** Properties of the metadata that `setMeta` does not touch: for a layer above, as `Mesh`. `undefined` takes one away. */
  pinMeta(meta: Meta): void {
    this.#meta.pin(meta);
    this.#tellMeta();
  }

  /** Asks for fresh ICE servers; they come with the `ice` event. */
  requestIce(): void {
    if (this.state.phase === 'open') this.#write({ type: 'ice' });
  }

  /** The token for this connection, before the present one runs out, and for those to come. */
  renewToken(token: string): void {
    this.#token.renew(token);
    if (this.state.phase === 'open') this.#write({ type: 'token', token });
  }

  /** Leaves the room for good: the others are told at once. */
  close(): void {
    if (this.state.phase === 'open') this.#bye();
    this.#socket.close();
  }

  #target(): Target | Promise<Target> {
    const token = this.#token.current();
    return token instanceof Promise ? token.then(value => this.#address(value)) : this.#address(token);
  }

  #address(token: string | undefined): Target {
    const url = new URL(this.url);
    this.#meta.tellIn(url);
    this.#place.askIn(url);
    // Addresses end up in logs, so the token does not go there.
    return { url: url.href, protocols: token === undefined ? ['signaling.v1'] : ['signaling.v1', `bearer.${token}`] };
  }

  #received(data: unknown): void {
    const frame = parseServerFrame(data);
    if (this.state.phase !== 'open') {
      if (frame?.type === 'welcome') this.#welcomed(frame);
      return;
    }
    if (frame?.type === 'welcome') return;
    this.#place.received();
    if (frame) this.#handle(frame);
  }

  #welcomed(welcome: Welcome): void {
    const { previousId, resumed, missed } = this.#place.arrived(welcome);
    const others = welcome.peers.filter(({ id }) => id !== welcome.id);
    this.#room = welcome.room;
    this.#iceServers = welcome.iceServers;
    this.#outgoing.limits = welcome.limits;
    this.#meta.arrived(resumed);
    if (previousId === undefined) this.#roster.fill(others);
    this.#outgoing.arrived(resumed || previousId === undefined);
    this.#socket.ready();
    this.#tellMeta();
    this.emit('welcome', { id: welcome.id, previousId, resumed });
    this.#callOffSettling = this.#clock.after(this.#rosterWithinMs, () => this.#roster.settle());
    if (!missed) return this.#roster.expectNews(others);
    this.#roster.reconcile(others, welcome.more);
    this.emit('gap', undefined);
  }

  #handle(frame: Exclude<ServerFrame, Welcome>): void {
    switch (frame.type) {
      case 'join': return this.#joined([frame]);
      case 'leave': return this.#roster.left(frame);
      case 'meta': return this.#roster.changed(frame);
      case 'presence':
        for (const departure of frame.left) this.#roster.left(departure);
        return this.#joined(frame.joined);
      case 'ice':
        this.#iceServers = frame.iceServers;
        return this.emit('ice', frame.iceServers);
      case 'gap': return this.emit('gap', undefined);
      case 'goaway':
        this.#socket.returnAfter(frame.afterMs);
        return this.emit('goaway', { afterMs: frame.afterMs });
      case 'message':
      case 'raw':
      case 'error': {
        const { type, ...event } = frame;
        return this.emit(type as 'message', event as PeerMessage);
      }
    }
  }

  #joined(entries: readonly RosterEntry[]): void {
    for (const entry of entries) if (entry.id !== this.id) this.#roster.joined(entry);
  }

  #ended(code: number, wasReady: boolean): void {
    this.#callOffSettling();
    // Browsers do not tell a handshake refused for its token (401) from one that nobody answered.
    if (code === 4401 || !wasReady) this.#token.doubt();
  }

  #bye(): void {
    this.#write({ type: 'bye' });
    this.#callOffSettling();
  }

  #tellMeta(): void {
    const news = this.state.phase === 'open' ? this.#meta.news() : undefined;
    if (news !== undefined) this.#socket.send(news);
  }

  #write(command: object): void {
    this.#socket.send(JSON.stringify(command));
  }
}
