import { joinRoom } from '@trystero-p2p/torrent';
import { next, tell } from './events.js';

let words;

globalThis.client = {
  next,

  join(server, name) {
    const room = joinRoom({ appId: 'signaling-e2e', relayConfig: { urls: [server] }, rtcConfig: { iceServers: [] } }, name);
    words = room.makeAction('word');
    words.onMessage = (word) => tell(`heard ${word}`);
    room.onPeerJoin = () => tell('joined');
  },

  say: (word) => words.send(word),
};
