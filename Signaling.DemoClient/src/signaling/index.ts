/**
 * The door of the package.
 *
 * @packageDocumentation
 */
export type { Backoff } from './backoff.ts';
export { type Clock, systemClock } from './clock.ts';
export type { ConnectionState } from './connection-state.ts';
export { Emitter, type Listener } from './emitter.ts';
export type { JsonObject } from './json.ts';
export type { MeshEvents, MeshPeer, MeshPeerState } from './mesh-events.ts';
export type { PairEnd } from './mesh-pair.ts';
export type { MeshSignal, NegotiationSignal } from './mesh-signal.ts';
export { Mesh, type MeshOptions, type MeshSignaling } from './mesh.ts';
export type { LinkSignal } from './pair-message.ts';
export { type LinkEnd, PeerLink, type PeerLinkEvents, type PeerLinkOptions } from './peer-link.ts';
export { RawPair, type RawPairEvents, type RawPairOptions, type PairState, type PairStateChange } from './raw-pair.ts';
export { RawSignalingClient, type RawSignalingClientEvents } from './raw-signaling-client.ts';
export type { ReconnectOptions } from './reconnect-options.ts';
export { isRoomName, roomUrl } from './room-url.ts';
export type { Departure, Failure, Limits, Meta, PeerMessage, RawMessage, RosterEntry } from './server-frame.ts';
export { SignalingClient, type SignalingClientOptions } from './signaling-client.ts';
export type { Greeting, SignalingClientEvents } from './signaling-events.ts';
export type { QueueLimits } from './waiting-messages.ts';
