import { Peer } from 'peerjs';
import { next, tell } from './events.js';

let peer;
let channel;

function talkOver(connection) {
  channel = connection;
  channel.on('open', () => tell('channel'));
  channel.on('data', (data) => tell(`heard ${data}`));
}

function watch(call) {
  call.on('stream', (stream) => tell(`sees ${stream.getVideoTracks().length} video, hears ${stream.getAudioTracks().length} audio`));
}

const camera = () => navigator.mediaDevices.getUserMedia({ video: true, audio: true });

globalThis.client = {
  next,

  /** No id: the server makes one. */
  open(server, id) {
    const { hostname, port, pathname } = new URL(server);
    peer = new Peer(id, { host: hostname, port: Number(port), path: pathname, config: { iceServers: [] }, debug: 0 });
    peer.on('open', (given) => tell(`open ${given}`));
    peer.on('disconnected', () => tell('disconnected'));
    peer.on('error', (error) => tell(`error ${error.type}`));
    peer.on('connection', talkOver);
    peer.on('call', async (call) => {
      watch(call);
      call.answer(await camera());
    });
  },

  reconnect: () => peer.reconnect(),
  connect: (id) => talkOver(peer.connect(id)),
  say: (text) => channel.send(text),
  call: async (id) => watch(peer.call(id, await camera())),
};
