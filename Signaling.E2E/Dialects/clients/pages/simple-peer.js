import SimplePeer from 'simple-peer/simplepeer.min.js';
import { next, tell } from './events.js';

let peer;

globalThis.client = {
  next,

  /** A room of two: who comes second offers. */
  join(room, initiator) {
    const socket = new WebSocket(room);
    socket.onopen = () => {
      peer = new SimplePeer({ initiator, config: { iceServers: [] } });
      peer.on('signal', (signal) => socket.send(JSON.stringify(signal)));
      peer.on('connect', () => tell('connected'));
      peer.on('data', (data) => tell(`heard ${new TextDecoder().decode(data)}`));
      peer.on('error', (error) => tell(`error ${error.code}`));
      tell('ready');
    };
    socket.onmessage = ({ data }) => peer.signal(data);
  },

  say: (text) => peer.send(text),
};
