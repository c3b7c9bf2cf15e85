import { RawPair } from '../signaling/raw-pair.ts';
import { isRoomName } from '../signaling/room-url.ts';
import { RawSignalingClient } from '../signaling/raw-signaling-client.ts';
import { readAddress } from './address.ts';
import { showChat } from './chat-view.ts';
import { element } from './element.ts';
import { notAvailable, nowhereToGo } from './peer-words.ts';
import { showNoPeer, showPeer } from './peer-view.ts';
import { showNoRelay, showRelay } from './relay-view.ts';
import { showSignals } from './signals-view.ts';
import { showWays } from './share-view.ts';

const page = new URL(location.href);
const configured = document.querySelector<HTMLMetaElement>('meta[name=signaling-url]')?.content ?? '';
const address = readAddress(page, configured);

if ('url' in address) run(address.room, address.url);
else refuse(address.room, address.mistake);

function run(room: string, url: string): void {
  const client = new RawSignalingClient(url, { backoff: { atLeastMs: 500, firstMs: 500, longestMs: 5_000 } });
  showWays(page, room);
  showRelay(client);
  const pair = 'RTCPeerConnection' in window ? meet(client) : undefined;
  if (!pair) showNoPeer(notAvailable);
  client.connect();

  addEventListener('pagehide', () => {
    pair?.leave();
    client.close();
  });
  // A page that the browser kept and shows again has said bye: it starts anew.
  addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
}

function meet(client: RawSignalingClient): RawPair {
  const pair = new RawPair(client);
  showPeer(pair, client);
  showChat(pair);
  showSignals(pair);
  return pair;
}

function refuse(room: string, mistake: string): void {
  showWays(page, room);
  showNoRelay('There is no address to try.');
  showNoPeer(nowhereToGo);
  const notice = element('notice', HTMLElement);
  notice.textContent = mistake;
  notice.hidden = false;
  element('ways', HTMLElement).hidden = true;
  element('other-room', HTMLAnchorElement).hidden = isRoomName(room);
}
