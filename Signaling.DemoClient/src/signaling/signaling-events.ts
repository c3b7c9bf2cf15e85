import type { ConnectionState } from './connection-state.ts';
import type { Departure, Failure, PeerMessage, RawMessage, RosterEntry } from './server-frame.ts';

export interface Greeting {
  readonly id: string;
  /** The id until now, where there was one; it differs from `id` when the place could not be kept. */
  readonly previousId: string | undefined;
  /** The place is the same: nothing is announced again. */
  readonly resumed: boolean;
}

export interface SignalingClientEvents {
  state: ConnectionState;
  /** In the room, for the first time or again. Who is there already is in `peers`, and not told by `join`. */
  welcome: Greeting;
  join: RosterEntry;
  /** With the reason of the relay, or `missed`: gone when this client came back. */
  leave: Departure;
  meta: RosterEntry;
  message: PeerMessage;
  raw: RawMessage;
  /** A message was not delivered, by the relay's word or by this client's (`queue-full`, `too-large`, `not-sent`). */
  error: Failure;
  /** Messages to this client may have been lost: what was built from them should be asked for again. */
  gap: undefined;
  /** New ICE servers; they are in `iceServers` from now on. */
  ice: readonly RTCIceServer[];
  /** The relay is about to close; this client comes back by itself. */
  goaway: { readonly afterMs: number };
}
