// What three kinds of trouble do to a server, here and at the server that each library came with, in one run:
//     node compare.mjs PATH_OF_THE_RELAY_S_EXECUTABLE
// Loopback only; about a minute. Memory is read from /proc, so on Linux.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';

const [executable] = process.argv.slice(2);
if (!executable) {
  console.error('usage: node compare.mjs PATH_OF_THE_RELAY_S_EXECUTABLE');
  process.exit(2);
}

const relay = () => start(executable, ['--urls', 'http://127.0.0.1:0']);
const original = (script) => () => start(process.execPath, [`servers/${script}`]);
const rows = [];

for (const [name, server, path] of [['this relay', relay, '/y-webrtc'], ['y-webrtc', original('y-webrtc.mjs'), '/']]) {
  await row('y-webrtc', 'after a frame that is no JSON', name, server, (running) => afterMalformed(running, path));
  await row('y-webrtc', 'a reader stops, 120 MB are published', name, server, (running) => stoppedReader(running, path));
}
for (const [name, server] of [['this relay', relay], ['peer', original('peerjs.mjs')]]) {
  await row('PeerJS', 'after a frame that is no JSON', name, server, (running) => afterMalformed(running, peer('mallory', 'm')));
  await row('PeerJS', '60 MB of offers for somebody absent', name, server, offersForNobody);
  await row('PeerJS', 'the same id and token, while the old line looks alive', name, server, (running) => comesAgain(running, 'a', 'a'));
}
console.table(rows);
process.exit(0);

function peer(id, token) {
  return `/peerjs/peerjs?key=peerjs&id=${id}&token=${token}&version=1.5.5`;
}

async function row(protocol, trouble, name, serve, cause) {
  const running = await serve();
  try {
    rows.push({ protocol, trouble, server: name, outcome: await cause(running) });
  } finally {
    running.process.kill('SIGKILL');
  }
}

async function start(command, args) {
  const process_ = spawn(command, args, { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
  process_.stderr.resume();
  let said = '';
  for await (const chunk of process_.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    const url = /Now listening on: (http:\/\/\S+)/.exec(said)?.[1];
    if (url) {
      process_.stdout.resume();
      return { process: process_, url: url.replace('http', 'ws') };
    }
  }
  throw new Error(`${command} ended: ${said}`);
}

function memory({ process }) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))[1]) / 1024);
}

async function connect({ url }, path) {
  const socket = new WebSocket(url + path);
  socket.on('error', () => {});
  await once(socket, 'open');
  return socket;
}

async function afterMalformed(running, path) {
  const bystander = await connect(running, path.replaceAll('mallory', 'bystander'));
  const gone = once(bystander, 'close').then(() => 'the process has ended, everybody is cut off');
  const mallory = await connect(running, path);
  mallory.send('not json');
  return Promise.race([gone, pause(2000, 'nobody notices')]);
}

async function stoppedReader(running, path) {
  const topic = 'room';
  const reader = await connect(running, path);
  reader.send(JSON.stringify({ type: 'subscribe', topics: [topic] }));
  await pause(200);
  reader.pause();
  const before = memory(running);
  let most = before;
  for (let publisher = 0; publisher < 8; publisher++) {
    const socket = await connect(running, path);
    const message = JSON.stringify({ type: 'publish', topic, data: 'x'.repeat(60_000) });
    for (let i = 0; i < 250; i++) socket.send(message);
    while (socket.bufferedAmount > 0 && socket.readyState === WebSocket.OPEN) await pause(20);
    await pause(500);
    most = Math.max(most, memory(running));
    socket.close();
  }
  return `memory grows by ${most - before} MB`;
}

async function offersForNobody(running) {
  const before = memory(running);
  let most = before;
  for (let sender = 0; sender < 4; sender++) {
    const socket = await connect(running, peer(`sender${sender}`, 's'));
    const offer = JSON.stringify({ type: 'OFFER', dst: 'nobody', payload: { sdp: 'x'.repeat(60_000) } });
    for (let i = 0; i < 250; i++) socket.send(offer);
    while (socket.bufferedAmount > 0 && socket.readyState === WebSocket.OPEN) await pause(20);
    await pause(300);
    most = Math.max(most, memory(running));
  }
  return `memory grows by ${most - before} MB`;
}

async function comesAgain(running, id, token) {
  await connect(running, peer(id, token));
  await pause(300);
  const again = new WebSocket(running.url + peer(id, token));
  const answer = once(again, 'message').then(([data]) => `is answered ${data}`);
  return Promise.race([answer, pause(3000, 'is never answered: the client waits for ever')]);
}
