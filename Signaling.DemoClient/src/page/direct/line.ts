import type { MeshPeer } from '../../signaling/mesh-events.ts';
import { FileDesk } from '../files/file-desk.ts';
import { RemotePicture } from '../camera/remote-picture.ts';
import { Pulse } from './pulse.ts';
import { type Route, selectedRoute } from './route.ts';

/** What goes over one open connection beside the chat. Both pages make the same channels, so nothing has to be announced. */
export class Line {
  readonly pulse: Pulse;
  readonly files: FileDesk;
  readonly picture: RemotePicture;
  readonly connection: RTCPeerConnection;
  readonly #peer: MeshPeer;
  readonly #name: (peer: MeshPeer) => string;

  constructor(peer: MeshPeer, connection: RTCPeerConnection, name: (peer: MeshPeer) => string) {
    this.#peer = peer;
    this.#name = name;
    this.connection = connection;
    this.pulse = new Pulse(connection.createDataChannel('pulse', { negotiated: true, id: 1, ordered: false, maxRetransmits: 0 }));
    this.files = new FileDesk(connection.createDataChannel('files', { negotiated: true, id: 2 }));
    this.picture = new RemotePicture(connection);
  }

  get name(): string {
    return this.#name(this.#peer);
  }

  async route(): Promise<Route | undefined> {
    return this.connection.signalingState === 'closed' ? undefined : selectedRoute(await this.connection.getStats());
  }

  close(): void {
    this.pulse.close();
    this.files.close();
    this.picture.close();
  }
}
