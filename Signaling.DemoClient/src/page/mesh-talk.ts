import { Emitter } from '../signaling/emitter.ts';
import { Mesh } from '../signaling/mesh.ts';
import type { Meta } from '../signaling/server-frame.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';
import { Lines } from './direct/lines.ts';
import { noteOf, type Party } from './signal-note.ts';
import type { Other, Talk, TalkChange, TalkEvents } from './talk.ts';

const longestName = 40;

/** The relay's "full", as a close code. */
const full = 1013;

/** As many tabs as there are in the room, each connected with each. */
export class MeshTalk extends Emitter<TalkEvents> implements Talk {
  readonly #client: SignalingClient;
  readonly #mesh: Mesh;
  readonly lines: Lines;
  #talked = false;
  #change: TalkChange = { state: 'waiting' };

  constructor(client: SignalingClient) {
    super();
    this.#client = client;
    this.#mesh = new Mesh(client);
    this.lines = new Lines(this.#mesh, ({ id, meta }) => nameOf(id, meta));
    this.#mesh.on('signal', ({ id, direction, signal }) => this.emit('signal', noteOf(direction, this.#party(id), signal)));
    this.#mesh.on('message', ({ id, meta, data }) => {
      if (typeof data === 'string') this.emit('message', { who: nameOf(id, meta), text: data });
    });
    this.#mesh.on('peer-connected', ({ id, meta }) => {
      this.#talked = true;
      this.emit('came', { id, name: nameOf(id, meta) });
    });
    this.#mesh.on('peer-disconnected', ({ id, meta }) => this.emit('went', { id, name: nameOf(id, meta) }));
    this.#mesh.on('state', () => this.#look());
    client.on('meta', () => this.#look());
    client.on('state', () => this.#look());
  }

  get change(): TalkChange {
    return this.#change;
  }

  get others(): readonly Other[] {
    return this.#mesh.peers.map(({ id, meta, state }) => ({ id, name: nameOf(id, meta), state }));
  }

  send(text: string): boolean {
    return this.#mesh.send(text) > 0;
  }

  #party(id: string): Party {
    return { id, name: nameOf(id, this.#mesh.peers.find(peer => peer.id === id)?.meta ?? this.#client.peers.get(id) ?? {}) };
  }

  #look(): void {
    this.emit('others', this.others);
    const change = this.#now();
    if (change.state === this.#change.state && change.end === this.#change.end) return;
    this.#change = change;
    this.emit('state', change);
  }

  #now(): TalkChange {
    const states = new Set(this.#mesh.peers.map(({ state }) => state));
    if (states.has('connected')) return { state: 'connected' };
    if (states.has('interrupted')) return { state: 'mending' };
    if (states.has('connecting') || states.has('expected')) return { state: 'connecting' };
    if (this.#talked) return { state: 'left' };
    if (this.#client.state.phase === 'waiting' && this.#client.state.code === full) return { state: 'full' };
    return states.has('failed') ? { state: 'waiting', end: 'failed' } : { state: 'waiting' };
  }
}

/** What a tab calls itself, or something to call it by. */
function nameOf(id: string, { name }: Meta): string {
  return typeof name === 'string' && name.trim() ? name.trim().slice(0, longestName) : `Tab ${id.slice(0, 4)}`;
}
