import { afterAll, afterEach, beforeAll } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { SignalingClient, type SignalingClientOptions } from '../src/signaling/signaling-client.ts';
import { findRelay, RealRelay } from './real-relay.ts';

interface WebRtc {
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly RTCSessionDescription: typeof RTCSessionDescription;
  readonly RTCIceCandidate: typeof RTCIceCandidate;
}

/** Chromium's own WebRTC for Node; it is there for Linux with glibc, macOS and Windows. */
export const webRtc = await import('@roamhq/wrtc').then(({ default: stack }) => stack as unknown as WebRtc, () => undefined);

/** Without the old way, by callbacks. */
interface Describing {
  setLocalDescription(description: object): Promise<void>;
  setRemoteDescription(description: object): Promise<void>;
}

/** As browsers have it: what it lacks are descriptions that are made by themselves, and the roll-back before another's offer. */
export function createConnection(configuration: RTCConfiguration): RTCPeerConnection {
  const connection = new (webRtc?.RTCPeerConnection ?? RTCPeerConnection)(configuration);
  const { setLocalDescription, setRemoteDescription } = connection as Describing;
  const setLocal = (description: object) => setLocalDescription.call(connection, description);
  connection.setLocalDescription = async (description?: object) =>
    setLocal(description ?? await (connection.signalingState === 'have-remote-offer' ? connection.createAnswer() : connection.createOffer()));
  connection.setRemoteDescription = async (description: RTCSessionDescriptionInit) => {
    if (description.type === 'offer' && connection.signalingState === 'have-local-offer') await setLocal({ type: 'rollback' });
    await setRemoteDescription.call(connection, description);
  };
  return connection;
}

const program = findRelay();
export const missing = !program ? 'The relay was never built: dotnet build Signaling.Server' : !webRtc ? 'There is no WebRTC for Node here.' : undefined;

/** A relay for the tests of a file, with a room of its own for each. */
export class Rooms {
  relay!: RealRelay;
  #rooms = 0;
  #clients: SignalingClient[] = [];

  constructor() {
    beforeAll(async () => { this.relay = await RealRelay.start(program ?? '', '--Limits:MessagesPerSecond=0'); }, 60_000);
    afterEach(() => this.leave());
    afterAll(() => this.relay.stop(), 30_000);
  }

  /** Where all that come until it is called again meet. */
  another(): void {
    this.#rooms++;
  }

  client(options: SignalingClientOptions = {}): SignalingClient {
    const client = new SignalingClient(this.relay.room(`webrtc-${this.#rooms}`), {
      backoff: { atLeastMs: 20, firstMs: 50, longestMs: 200 },
      openSocket: (address, protocols) => new NodeSocket(address, [...protocols]) as unknown as WebSocket,
      ...options,
    });
    this.#clients.push(client);
    return client;
  }

  leave(): void {
    for (const client of this.#clients.splice(0)) client.close();
    this.another();
  }
}
