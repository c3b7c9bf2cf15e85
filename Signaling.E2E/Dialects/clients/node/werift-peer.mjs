// A WebRTC peer without a browser that waits in a room in raw mode and answers: `node werift-peer.mjs ROOM_URL`.
// Its messages are simple-peer's.
import { RTCPeerConnection } from 'werift';
import WebSocket from 'ws';

const [room] = process.argv.slice(2);
const peer = new RTCPeerConnection({ iceServers: [] });
const socket = new WebSocket(room);
const say = (message) => socket.send(JSON.stringify(message));

// One message after the other: a candidate may come while the offer is still being taken in.
let work = Promise.resolve();
socket.on('message', (data) => (work = work.then(() => take(JSON.parse(data)))));
socket.on('open', () => console.log('waiting'));
socket.on('error', (error) => console.log(`error ${error.message}`));

async function take(message) {
  if (message.candidate) return peer.addIceCandidate(message.candidate);
  await peer.setRemoteDescription(message);
  await peer.setLocalDescription(await peer.createAnswer());
  say({ type: 'answer', sdp: peer.localDescription.sdp });
}

peer.onIceCandidate.subscribe((candidate) => candidate && say({ type: 'candidate', candidate: candidate.toJSON() }));
peer.onDataChannel.subscribe((channel) =>
  channel.onMessage.subscribe((data) => {
    console.log(`heard ${data}`);
    channel.send(`echo of ${data}`);
  }),
);

process.stdin.resume().on('end', () => process.exit(0));
