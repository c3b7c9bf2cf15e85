import type { ConnectionState } from '../signaling/connection-state.ts';
import { element } from './element.ts';
import { type PeerWords, peerWords } from './peer-words.ts';
import type { RelayClient, Talk } from './talk.ts';

const status = element('peer-status', HTMLElement);
const hint = element('peer-hint', HTMLElement);
const otherRoom = element('other-room', HTMLAnchorElement);

export function showPeer(talk: Talk, client: RelayClient<ConnectionState>): void {
  const show = () => {
    document.body.dataset['peer'] = talk.change.state;
    otherRoom.hidden = talk.change.state !== 'full';
    showPeerWords(peerWords(talk.change, talk.others, client.state.phase === 'open'));
  };
  talk.on('state', show);
  talk.on('others', show);
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
