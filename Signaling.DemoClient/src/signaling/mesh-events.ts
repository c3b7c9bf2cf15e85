import type { MeshSignal } from './mesh-signal.ts';
import type { PairEnd } from './mesh-pair.ts';
import type { Meta } from './server-frame.ts';

/**
 * Where a peer of the mesh stands.
 *
 * - `expected`: it came after us, and will call.
 * - `connecting`: offer, answer and candidates are being exchanged.
 * - `connected`: its channel is open.
 * - `interrupted`: it stopped answering, and may mend.
 * - `failed`: no way was found, or it was lost; tried again later.
 * - `gone`: it left; the last that is told of it.
 */
export type MeshPeerState = 'expected' | 'connecting' | 'connected' | 'interrupted' | 'failed' | 'gone';

export interface MeshPeer {
  /** By which the relay knows it now. */
  readonly id: string;
  readonly meta: Meta;
  readonly state: MeshPeerState;
  /** Whether it is in the room; false while only its channel lives. */
  readonly isInRoom: boolean;
  /** For media and further channels: what is added to it is negotiated by itself. */
  readonly connection: RTCPeerConnection | undefined;
}

export interface MeshEvents {
  state: { readonly id: string; readonly state: MeshPeerState };
  'peer-connected': { readonly id: string; readonly meta: Meta };
  'peer-disconnected': { readonly id: string; readonly meta: Meta; readonly reason: PairEnd | 'closed' };
  /** By the data channel of this peer. */
  message: { readonly id: string; readonly meta: Meta; readonly data: string | ArrayBuffer };
  /** The relay forgot a peer (a restart, say) and knows it under another id since; its channel lives on. */
  renamed: { readonly id: string; readonly previousId: string };
  /** An offer, answer or candidate crossed the relay. */
  signal: { readonly id: string; readonly direction: 'sent' | 'received'; readonly type: MeshSignal['type']; readonly signal: MeshSignal };
}
