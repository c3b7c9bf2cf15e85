import { retryDelay } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { MeshEvents, MeshPeer, MeshPeerState } from './mesh-events.ts';
import { MeshPair, type PairEnd } from './mesh-pair.ts';
import type { MeshSignal } from './mesh-signal.ts';
import type { Meta } from './server-frame.ts';

/** What a member needs of its mesh. */
export interface MemberHost {
  readonly clock: Clock;
  readonly random: () => number;
  createConnection(): RTCPeerConnection;
  sendTo(id: string, signal: MeshSignal): void;
  /** Neither in the room nor connected any more. */
  over(member: MeshMember): void;
  tell<Name extends keyof MeshEvents>(name: Name, value: MeshEvents[Name]): void;
}

/** The one that came later calls; it has this long before it is called instead. */
const expectedWithinMs = 5_000;
const callAgain = { atLeastMs: 1_000, firstMs: 1_000, longestMs: 30_000 };

/** Another peer of the mesh: as the room knows it, and the connection to it, one after the other if need be. */
export class MeshMember implements MeshPeer {
  readonly key: string;
  readonly #host: MemberHost;
  readonly #polite: boolean;
  #id: string;
  #meta: Meta;
  #state: MeshPeerState = 'expected';
  #isInRoom = true;
  #pair: MeshPair | undefined;
  #weCalled = false;
  #failures = 0;
  #wasConnected = false;
  #callOff = () => {};

  constructor(host: MemberHost, key: string, polite: boolean, id: string, meta: Meta) {
    this.#host = host;
    this.key = key;
    this.#polite = polite;
    this.#id = id;
    this.#meta = meta;
  }

  get id(): string { return this.#id; }
  get meta(): Meta { return this.#meta; }
  get state(): MeshPeerState { return this.#state; }
  get isInRoom(): boolean { return this.#isInRoom; }
  get connection(): RTCPeerConnection | undefined { return this.#pair?.connection; }
  get isConnected(): boolean { return this.#pair?.isConnected ?? false; }
  /** A handshake that we began and that is not over: what of it was under way when a connection was lost may be lost, too. */
  get isBeingCalled(): boolean { return this.#weCalled && this.#pair !== undefined && !this.isConnected; }

  describe(meta: Meta): void {
    this.#meta = meta;
  }

  /** Its call will come; if it does not, it is called. */
  expect(): void {
    this.#callAfter(expectedWithinMs);
    this.#enter('expected');
  }

  call(): void {
    this.#weCalled = true;
    this.#begin()?.call();
  }

  receive(signal: MeshSignal): void {
    if (this.#pair?.receive(signal) === 'received') return this.#received(signal);
    // Only an offer that answers nothing begins a connection; the rest is late.
    if (signal.type !== 'offer' || signal.of !== undefined) return;
    this.#weCalled = false;
    this.#begin()?.receive(signal);
    this.#received(signal);
  }

  send(data: string | ArrayBuffer): boolean {
    return this.#pair?.send(data) ?? false;
  }

  /** Looks for a new way to it, if there was one. */
  mend(): void {
    this.#pair?.mend();
  }

  /** Its place in the room is gone; its connection, if there is one, need not be. */
  lostPlace(): void {
    this.#isInRoom = false;
    this.#callOff();
  }

  /** The room knows it again, as `id`. */
  returned(id: string, meta: Meta): void {
    const previousId = this.#id;
    this.#id = id;
    this.#meta = meta;
    this.#isInRoom = true;
    if (id !== previousId) this.#host.tell('renamed', { id, previousId });
  }

  useIceServers(iceServers: readonly RTCIceServer[]): void {
    const connection = this.#pair?.connection;
    if (connection) connection.setConfiguration({ ...connection.getConfiguration(), iceServers: [...iceServers] });
  }

  close(): void {
    this.#drop('closed');
    this.#enter('gone');
  }

  #begin(): MeshPair | undefined {
    this.#drop('left');
    try {
      this.#pair = this.#wire(new MeshPair({ connection: this.#host.createConnection(), polite: this.#polite, clock: this.#host.clock }));
    } catch {
      // A browser has no more than some hundred connections to give.
      this.#failed();
      return undefined;
    }
    this.#enter('connecting');
    return this.#pair;
  }

  #wire(pair: MeshPair): MeshPair {
    const ifCurrent = <T>(handle: (value: T) => void) => (value: T) => { if (this.#pair === pair) handle(value); };
    pair.on('signal', ifCurrent(signal => {
      this.#host.sendTo(this.#id, signal);
      this.#host.tell('signal', { id: this.#id, direction: 'sent', type: signal.type, signal });
    }));
    pair.on('connected', ifCurrent(() => this.#connected()));
    pair.on('interrupted', ifCurrent(() => this.#enter('interrupted')));
    pair.on('message', ifCurrent(data => this.#host.tell('message', { id: this.#id, meta: this.#meta, data })));
    pair.on('end', ifCurrent(reason => {
      this.#drop(reason);
      this.#failed();
    }));
    return pair;
  }

  #received(signal: MeshSignal): void {
    this.#host.tell('signal', { id: this.#id, direction: 'received', type: signal.type, signal });
  }

  #connected(): void {
    this.#failures = 0;
    this.#enter('connected');
    if (this.#wasConnected) return;
    this.#wasConnected = true;
    this.#host.tell('peer-connected', { id: this.#id, meta: this.#meta });
  }

  #failed(): void {
    if (!this.#isInRoom) return this.#host.over(this);
    // The polite side leaves the next call to the other for a while: two at once are better avoided.
    this.#callAfter(retryDelay(this.#failures++, this.#host.random, callAgain) + (this.#polite ? expectedWithinMs : 0));
    this.#enter('failed');
  }

  #callAfter(ms: number): void {
    this.#callOff();
    if (this.#isInRoom) this.#callOff = this.#host.clock.after(ms, () => this.call());
  }

  #drop(reason: PairEnd | 'closed'): void {
    this.#callOff();
    this.#pair?.close();
    this.#pair = undefined;
    if (!this.#wasConnected) return;
    this.#wasConnected = false;
    this.#host.tell('peer-disconnected', { id: this.#id, meta: this.#meta, reason });
  }

  #enter(state: MeshPeerState): void {
    if (this.#state === state && state !== 'expected') return;
    this.#state = state;
    this.#host.tell('state', { id: this.#id, state });
  }
}
