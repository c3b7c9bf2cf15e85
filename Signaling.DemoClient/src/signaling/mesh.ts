import { type Clock, systemClock } from './clock.ts';
import { Emitter } from './emitter.ts';
import type { MeshEvents, MeshPeer } from './mesh-events.ts';
import { type MemberHost, MeshMember } from './mesh-member.ts';
import { readMeshSignal } from './mesh-signal.ts';
import { watchPage } from './page-life.ts';
import { randomName } from './random-name.ts';
import type { Departure, Meta, PeerMessage } from './server-frame.ts';
import type { SignalingClient } from './signaling-client.ts';

/** What of a SignalingClient a mesh uses. */
export type MeshSignaling = Pick<SignalingClient, 'on' | 'sendTo' | 'peers' | 'state' | 'iceServers' | 'pinMeta' | 'requestIce'>;

export interface MeshOptions {
  readonly createConnection?: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Names this mesh to the others; two of one room must not have the same. */
  readonly key?: string;
  /** Where `online`, `offline` and `pageshow` are heard: the window, if there is one. */
  readonly page?: EventTarget | undefined;
}

/**
 * A direct connection to every other peer of the room that has a mesh, too (`mesh` in its metadata says so). Who comes
 * calls those who are there. A lost place in the room ends no connection; peers that the relay forgot are known again by
 * the `mesh` of their metadata.
 */
export class Mesh extends Emitter<MeshEvents> {
  readonly #client: MeshSignaling;
  readonly #key: string;
  readonly #host: MemberHost;
  readonly #members = new Map<string, MeshMember>();
  readonly #forget: (() => void)[];
  #networkChanged = false;

  /** Best made before `client.connect()`: then nobody sees this peer without its mesh. */
  constructor(client: MeshSignaling, options: MeshOptions = {}) {
    super();
    const { createConnection, clock = systemClock, random = Math.random, key = randomName() } = options;
    const page = 'page' in options ? options.page : typeof window === 'undefined' ? undefined : window;
    this.#client = client;
    this.#key = key;
    const create = createConnection ?? (configuration => new RTCPeerConnection(configuration));
    this.#host = {
      clock,
      random,
      createConnection: () => create({ iceServers: [...client.iceServers] }),
      sendTo: (id, signal) => void client.sendTo(id, signal),
      over: member => this.#remove(member),
      tell: (name, value) => {
        this.emit(name, value);
        if (name === 'state' && (value as MeshEvents['state']).state === 'interrupted') this.#freshen();
      },
    };
    this.#forget = [
      client.on('welcome', ({ previousId }) => previousId === undefined ? this.#callAll() : this.#cameBack()),
      client.on('gap', () => this.#callAll()),
      client.on('join', ({ id, meta }) => this.#came(id, meta)),
      client.on('meta', ({ id, meta }) => this.#came(id, meta)),
      client.on('leave', departure => this.#left(departure)),
      client.on('message', message => this.#received(message)),
      watchPage(page, { back: afterAbsence => { this.#networkChanged ||= afterAbsence; } }),
      client.on('ice', servers => { for (const member of this.#members.values()) member.useIceServers(servers); }),
    ];
    client.pinMeta({ mesh: key });
    if (client.state.phase === 'open') this.#callAll();
  }

  get peers(): readonly MeshPeer[] {
    return [...this.#members.values()];
  }

  /** To every peer with an open channel; tells how many those are. */
  send(data: string | ArrayBuffer): number {
    return [...this.#members.values()].filter(member => member.send(data)).length;
  }

  /** To one peer. False when its channel is not open. */
  sendTo(id: string, data: string | ArrayBuffer): boolean {
    return this.#byId(id)?.send(data) ?? false;
  }

  /** Ends all connections, for good; the client and its place in the room stay. */
  leave(): void {
    for (const forget of this.#forget) forget();
    this.#client.pinMeta({ mesh: undefined });
    for (const member of [...this.#members.values()]) this.#remove(member);
  }

  /** We are the newcomer, or have missed something: everybody in the room who is not connected is called. */
  #callAll(): void {
    for (const [id, meta] of this.#client.peers) {
      const member = this.#meet(id, meta);
      if (member && !member.isConnected) member.call();
    }
  }

  /** What we said on the connection that was lost may not have arrived, and nobody will tell. */
  #cameBack(): void {
    for (const member of this.#members.values()) {
      if (!member.isInRoom) continue;
      if (member.isBeingCalled) member.call();
      // On another network the ways are others. The sooner they are looked for, the shorter the silence.
      else if (this.#networkChanged || member.state === 'interrupted') member.mend();
    }
    this.#networkChanged = false;
  }

  #came(id: string, meta: Meta): void {
    const known = this.#byId(id);
    if (known && known.key !== meta['mesh']) this.#remove(known);
    const before = this.#members.size;
    const member = this.#meet(id, meta);
    const isNew = this.#members.size > before;
    if (member && (isNew || (member !== known && !member.isConnected))) member.expect();
  }

  /** The member that this peer of the room is, new or known; undefined for one without a mesh, and for who claims another's. */
  #meet(id: string, meta: Meta): MeshMember | undefined {
    const key = meta['mesh'];
    if (typeof key !== 'string' || key === '' || key === this.#key) return undefined;
    const known = this.#members.get(key);
    if (known?.id === id && known.isInRoom) {
      known.describe(meta);
      return known;
    }
    if (known?.isInRoom && this.#client.peers.has(known.id)) return undefined;
    known?.returned(id, meta);
    if (known) return known;
    // The keys stay when the ids change, so both sides agree for as long as they have a connection.
    const member = new MeshMember(this.#host, key, this.#key < key, id, meta);
    this.#members.set(key, member);
    return member;
  }

  #left({ id, reason }: Departure): void {
    const member = this.#byId(id);
    if (!member?.isInRoom) return;
    member.lostPlace();
    if (reason === 'closed' || !member.isConnected) this.#remove(member);
    // It may be in the room again already, under another id.
    for (const [other, meta] of this.#client.peers) if (meta['mesh'] === member.key) this.#came(other, meta);
  }

  #received({ from, to, data }: PeerMessage): void {
    const signal = to === undefined ? undefined : readMeshSignal(data);
    if (!signal) return;
    const meta = this.#client.peers.get(from);
    const member = this.#byId(from) ?? (meta && this.#meet(from, meta));
    if (member?.isInRoom) member.receive(signal);
  }

  /** A way that is looked for anew may need new credentials; they are there before the connection is given up. */
  #freshen(): void {
    if (this.#client.iceServers.some(({ username }) => username !== undefined)) this.#client.requestIce();
  }

  #remove(member: MeshMember): void {
    this.#members.delete(member.key);
    member.close();
  }

  #byId(id: string): MeshMember | undefined {
    for (const member of this.#members.values()) if (member.id === id) return member;
    return undefined;
  }
}
