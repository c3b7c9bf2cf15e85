import type { LinkEnd } from '../signaling/peer-link.ts';
import type { MeshPeerState } from '../signaling/mesh-events.ts';
import type { Lines } from './direct/lines.ts';
import type { Party, SignalNote } from './signal-note.ts';

/**
 * `mending`: the last connection broke, and a new way is looked for. `full`: the room takes nobody more. `left`: everybody
 * else is gone, and nobody new has come yet.
 */
export type TalkState = 'waiting' | 'connecting' | 'connected' | 'mending' | 'full' | 'left';

export interface TalkChange {
  readonly state: TalkState;
  /** Why the last connection ended, where one did. */
  readonly end?: LinkEnd;
}

/** Somebody else in the room. */
export interface Other extends Party {
  readonly state: MeshPeerState;
}

export interface TalkEvents {
  state: TalkChange;
  /** Who else is here; only where the room knows. */
  others: readonly Other[];
  /** A signaling message crossed the relay. */
  signal: SignalNote;
  message: { readonly who: string; readonly text: string };
  /** Somebody's channel opened, or ended. */
  came: Party;
  went: Party;
}

/** What the page shows, whichever way the tabs meet. */
export interface Talk {
  readonly change: TalkChange;
  readonly others: readonly Other[];
  /** What goes directly beside the chat; only in a mesh. */
  readonly lines?: Lines;
  on<Name extends keyof TalkEvents>(name: Name, listener: (value: TalkEvents[Name]) => void): () => void;
  /** By the data channels. False when nobody would hear it. */
  send(text: string): boolean;
}

/** What of a client the page needs to show its relay. */
export interface RelayClient<State> {
  readonly url: string;
  readonly state: State;
  retryNow(): void;
  on(name: 'state', listener: (state: State) => void): () => void;
}
