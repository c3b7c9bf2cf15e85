import type { Departure, Meta, RosterEntry } from './server-frame.ts';

export type RosterChange =
  | ({ readonly type: 'join' | 'meta' } & RosterEntry)
  | ({ readonly type: 'leave' } & Departure);

/** Who else is in the room. Every change is told once, however often the relay tells it. */
export class Roster {
  readonly #peers = new Map<string, Meta>();
  /** Known from before a reconnect, and not seen since: in the rest of the roster, or gone. */
  readonly #unseen = new Set<string>();
  readonly #tell: (change: RosterChange) => void;

  constructor(tell: (change: RosterChange) => void) {
    this.#tell = tell;
  }

  get peers(): ReadonlyMap<string, Meta> {
    return this.#peers;
  }

  /** The first roster: nobody in it is news. */
  fill(peers: readonly RosterEntry[]): void {
    for (const { id, meta } of peers) this.#peers.set(id, meta);
  }

  /** A roster on a place that was kept: frames that tell of every change are still to come, each at its time. */
  expectNews(peers: readonly RosterEntry[]): void {
    this.#unseen.clear();
    for (const id of this.#peers.keys()) this.#unseen.add(id);
    for (const peer of peers) this.#unseen.delete(peer.id);
  }

  /** A roster after something was missed: tells the difference, of a long one only what is certain. */
  reconcile(peers: readonly RosterEntry[], more: boolean): void {
    this.expectNews(peers);
    if (!more) this.settle();
    for (const peer of peers) this.joined(peer);
  }

  /** All news, and the rest of a long roster, have come by now: who was in neither is gone. */
  settle(): void {
    for (const id of [...this.#unseen]) this.left({ id, reason: 'missed' });
  }

  joined({ id, meta }: RosterEntry): void {
    const isKnown = this.#peers.has(id);
    this.changed({ id, meta });
    if (isKnown) return;
    this.#peers.set(id, meta);
    this.#tell({ type: 'join', id, meta });
  }

  changed({ id, meta }: RosterEntry): void {
    const known = this.#peers.get(id);
    if (!known) return;
    this.#unseen.delete(id);
    if (JSON.stringify(known) === JSON.stringify(meta)) return;
    this.#peers.set(id, meta);
    this.#tell({ type: 'meta', id, meta });
  }

  left({ id, reason }: Departure): void {
    this.#unseen.delete(id);
    if (this.#peers.delete(id)) this.#tell({ type: 'leave', id, reason });
  }
}
