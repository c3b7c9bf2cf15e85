import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { next, tell } from './events.js';

let shared;

globalThis.client = {
  next,

  join(server, room, password) {
    const document = new Y.Doc();
    shared = document.getMap('shared');
    shared.observe((event, transaction) => {
      if (!transaction.local) tell(JSON.stringify(shared.toJSON()));
    });
    const provider = new WebrtcProvider(room, document, { signaling: [server], password, peerOpts: { config: { iceServers: [] } } });
    for (const connection of provider.signalingConns) connection.on('connect', () => tell('connected'));
  },

  write: (key, value) => shared.set(key, value),
};
