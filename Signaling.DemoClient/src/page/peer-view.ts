import type { PairStateChange, RawPair } from '../signaling/raw-pair.ts';
import type { RawSignalingClient } from '../signaling/raw-signaling-client.ts';
import { element } from './element.ts';
import { type PeerWords, peerWords } from './peer-words.ts';

const status = element('peer-status', HTMLElement);
const hint = element('peer-hint', HTMLElement);
const otherRoom = element('other-room', HTMLAnchorElement);

export function showPeer(pair: RawPair, client: RawSignalingClient): void {
  let change: PairStateChange = { state: pair.state };
  const show = () => {
    document.body.dataset['peer'] = change.state;
    otherRoom.hidden = change.state !== 'full';
    showPeerWords(peerWords(change, client.state.phase === 'open'));
  };
  pair.on('state', next => { change = next; show(); });
  client.on('state', show);
  show();
}

export function showPeerWords(words: PeerWords): void {
  // A live region speaks when it is written: only what is new is.
  if (status.textContent !== words.status) status.textContent = words.status;
  hint.textContent = words.hint;
}

/** There will be no peer. */
export function showNoPeer(words: PeerWords): void {
  document.body.dataset['peer'] = 'none';
  showPeerWords(words);
}
