import { RawSignalingClient } from '../signaling/raw-signaling-client.ts';
import { isRoomName } from '../signaling/room-url.ts';
import { SignalingClient } from '../signaling/signaling-client.ts';
import { readAddress } from './address.ts';
import { showChat } from './chat-view.ts';
import { showCamera } from './camera/camera-view.ts';
import { showLines } from './direct/lines-view.ts';
import { element } from './element.ts';
import { showFiles } from './files/file-view.ts';
import { MeshTalk } from './mesh-talk.ts';
import { showOthers } from './others-view.ts';
import { chooseName } from './own-name.ts';
import { PairTalk } from './pair-talk.ts';
import { notAvailable, nowhereToGo } from './peer-words.ts';
import { showNoPeer, showPeer } from './peer-view.ts';
import { showNoRelay, showRelay } from './relay-view.ts';
import { showSequence } from './sequence-view.ts';
import { showSignals } from './signals-view.ts';
import { showSecurity } from './share/secure-view.ts';
import { showWays } from './share/share-view.ts';
import type { Talk } from './talk.ts';

const page = new URL(location.href);
const configured = document.querySelector<HTMLMetaElement>('meta[name=signaling-url]')?.content ?? '';
const address = readAddress(page, configured);
const hasWebRtc = 'RTCPeerConnection' in window;
const token = page.searchParams.get('token') ?? undefined;
const backoff = { atLeastMs: 500, firstMs: 500, longestMs: 5_000 };

showSecurity();
if (!('url' in address)) refuse(address.room, address.mistake);
else if (page.searchParams.get('mode') === 'raw') meetOne(address.room, address.url);
else meetAll(address.room, address.url);

/** Everybody in the room, by `signaling.v1`. */
function meetAll(room: string, url: string): void {
  const name = chooseName();
  const client = new SignalingClient(url, { backoff, meta: { name }, ...(token === undefined ? {} : { token }) });
  const talk = hasWebRtc ? new MeshTalk(client) : undefined;
  if (talk) {
    showOthers(talk, name);
    showLines(talk.lines);
    showFiles(talk.lines);
    showCamera(talk.lines);
  }
  run(room, client, talk, name);
}

/** One other tab, in raw mode. */
function meetOne(room: string, url: string): void {
  const client = new RawSignalingClient(url, { backoff });
  const talk = hasWebRtc ? new PairTalk(client) : undefined;
  run(room, client, talk, 'This tab');
  // In raw mode there is nobody but this tab itself to say that it leaves.
  addEventListener('pagehide', () => talk?.leave());
}

function run(room: string, client: SignalingClient | RawSignalingClient, talk: Talk | undefined, name: string): void {
  showWays(page, room);
  showRelay(client, token !== undefined);
  if (talk) {
    showPeer(talk, client);
    showChat(talk);
    showSignals(talk);
    showSequence(talk, name);
  } else {
    showNoPeer(notAvailable);
  }
  client.connect();

  // A page that the browser kept and shows again has said bye: it starts anew.
  addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
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
