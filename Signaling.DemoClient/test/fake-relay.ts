import { Emitter } from '../src/signaling/emitter.ts';
import type { MeshSignaling } from '../src/signaling/mesh.ts';
import type { ConnectionState } from '../src/signaling/connection-state.ts';
import type { Meta } from '../src/signaling/server-frame.ts';
import type { SignalingClientEvents } from '../src/signaling/signaling-events.ts';

/** A room as its members' SignalingClients tell of it. Messages cross it a turn later, in order; `hold` keeps them. */
export class FakeRelay {
  readonly members: FakeSignaling[] = [];
  readonly log: { readonly from: string; readonly to: string; readonly data: { readonly type: string } }[] = [];
  #held: (() => void)[] | undefined;

  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const deliver of held) deliver();
  }

  carry(from: string, to: string, data: { readonly type: string }): void {
    this.log.push({ from, to, data });
    const deliver = () => this.members.find(({ id }) => id === to)?.hear(from, structuredClone(data));
    if (this.#held) this.#held.push(deliver);
    else queueMicrotask(deliver);
  }

  count(type: string): number {
    return this.log.filter(({ data }) => data.type === type).length;
  }

  enter(id: string): FakeSignaling {
    return new FakeSignaling(this, id);
  }
}

export class FakeSignaling extends Emitter<SignalingClientEvents> implements MeshSignaling {
  id: string;
  meta: Meta = {};
  state: ConnectionState = { phase: 'idle' };
  iceServers: readonly RTCIceServer[] = [];
  iceRequests = 0;
  readonly peers = new Map<string, Meta>();
  readonly #relay: FakeRelay;
  #kept: [from: string, data: unknown][] = [];

  constructor(relay: FakeRelay, id: string) {
    super();
    this.#relay = relay;
    this.id = id;
  }

  pinMeta(meta: Meta): void {
    this.meta = { ...this.meta, ...meta };
    if (this.state.phase === 'open') for (const other of this.#others()) other.learn('meta', this);
  }

  requestIce(): void {
    this.iceRequests++;
  }

  /** For the first time, or on a fresh place with a new id. */
  connect(id?: string): void {
    const previousId = id === undefined ? undefined : this.id;
    this.id = id ?? this.id;
    this.state = { phase: 'open' };
    this.#relay.members.push(this);
    for (const other of this.#others()) other.learn('join', this);
    if (previousId === undefined) for (const other of this.#others()) this.peers.set(other.id, other.meta);
    this.emit('welcome', { id: this.id, previousId, resumed: false });
    if (previousId !== undefined) this.#reconcile();
  }

  /** The connection is lost; the place is kept, and so is what comes for it, if there is no gap. */
  lose(): void {
    this.state = { phase: 'waiting', retryInMs: 500, code: 1006, why: '' };
  }

  resume(gap = false): void {
    this.state = { phase: 'open' };
    this.emit('welcome', { id: this.id, previousId: this.id, resumed: true });
    const kept = this.#kept;
    this.#kept = [];
    if (gap) this.#reconcile();
    else for (const [from, data] of kept) this.hear(from, data);
  }

  /** The place is gone, for `reason`. */
  vanish(reason: string): void {
    this.state = { phase: 'waiting', retryInMs: 500, code: 1006, why: '' };
    const others = this.#others();
    this.#relay.members.splice(this.#relay.members.indexOf(this), 1);
    for (const other of others) other.forget(this.id, reason);
  }

  sendTo(to: string, data: unknown): string {
    if (this.state.phase === 'open') this.#relay.carry(this.id, to, data as { type: string });
    return '';
  }

  hear(from: string, data: unknown): void {
    if (this.state.phase !== 'open') return void this.#kept.push([from, data]);
    this.emit('message', { from, to: this.id, data });
  }

  say<Name extends keyof SignalingClientEvents>(name: Name, value: SignalingClientEvents[Name]): void {
    this.emit(name, value);
  }

  learn(type: 'join' | 'meta', { id, meta }: FakeSignaling): void {
    this.peers.set(id, meta);
    this.emit(type, { id, meta });
  }

  forget(id: string, reason: string): void {
    if (this.peers.delete(id)) this.emit('leave', { id, reason });
  }

  #reconcile(): void {
    const now = new Map(this.#others().map(other => [other.id, other]));
    for (const id of [...this.peers.keys()]) if (!now.has(id)) this.forget(id, 'missed');
    for (const [id, other] of now) if (!this.peers.has(id)) this.learn('join', other);
    this.emit('gap', undefined);
  }

  #others(): FakeSignaling[] {
    return this.#relay.members.filter(member => member !== this);
  }
}
