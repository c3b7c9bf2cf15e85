import { Emitter } from '../../signaling/emitter.ts';
import type { MeshPeer } from '../../signaling/mesh-events.ts';
import type { Mesh } from '../../signaling/mesh.ts';
import { Line } from './line.ts';

export interface LinesEvents {
  open: Line;
  closed: Line;
}

/** A line for each connection of the mesh that is, or was, open: as long as the connection lives. */
export class Lines extends Emitter<LinesEvents> {
  readonly #mesh: Mesh;
  readonly #name: (peer: MeshPeer) => string;
  readonly #lines = new Map<RTCPeerConnection, Line>();

  constructor(mesh: Mesh, name: (peer: MeshPeer) => string) {
    super();
    this.#mesh = mesh;
    this.#name = name;
    mesh.on('state', () => this.#look());
  }

  get all(): readonly Line[] {
    return [...this.#lines.values()];
  }

  #look(): void {
    const now = new Set(this.#mesh.peers.map(({ connection }) => connection));
    for (const [connection, line] of [...this.#lines]) {
      if (now.has(connection)) continue;
      this.#lines.delete(connection);
      line.close();
      this.emit('closed', line);
    }
    for (const peer of this.#mesh.peers) {
      if (peer.state !== 'connected' || !peer.connection || this.#lines.has(peer.connection)) continue;
      const line = new Line(peer, peer.connection, this.#name);
      this.#lines.set(peer.connection, line);
      this.emit('open', line);
    }
  }
}
