import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Mesh } from '../src/signaling/mesh.ts';
import { FakeNetwork, type FakePeerConnection } from './fake-peer-connection.ts';
import { FakeRelay } from './fake-relay.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const settle = () => vi.advanceTimersByTimeAsync(0);

function tab(relay: FakeRelay, id: string, network = new FakeNetwork(), page?: EventTarget) {
  const signaling = relay.enter(id);
  const mesh = new Mesh(signaling, { key: `key-${id}`, random: () => 0, createConnection: network.create, page });
  const events: string[] = [];
  const heard: string[] = [];
  mesh.on('peer-connected', ({ id: peer }) => events.push(`+${peer}`));
  mesh.on('peer-disconnected', ({ id: peer, reason }) => events.push(`-${peer} ${reason}`));
  mesh.on('renamed', ({ id: peer, previousId }) => events.push(`${previousId}=${peer}`));
  mesh.on('message', ({ id: peer, data }) => heard.push(`${peer}: ${String(data)}`));
  const states = () => Object.fromEntries(mesh.peers.map(peer => [peer.id, peer.state]));
  return { signaling, mesh, events, heard, states, network };
}

/** All on one network, in the room one after the other, and connected. */
async function room(...ids: string[]) {
  const relay = new FakeRelay();
  const network = new FakeNetwork();
  const tabs = [];
  for (const id of ids) {
    const one = tab(relay, id, network);
    one.signaling.connect();
    await settle();
    tabs.push(one);
  }
  return { relay, network, tabs };
}

type Tab = ReturnType<typeof tab>;
const two = async () => {
  const { relay, network, tabs } = await room('a', 'b');
  return { relay, network, a: tabs[0] as Tab, b: tabs[1] as Tab };
};

const connectionOf = ({ mesh }: Tab) => mesh.peers[0]?.connection as unknown as FakePeerConnection;

test.each([['a', 'b'], ['b', 'a']])('%s is there, %s comes and calls', async (first, second) => {
  const { relay, tabs } = await room(first, second);
  expect(relay.log.filter(({ data }) => data.type === 'offer')).toMatchObject([{ from: second, to: first }]);
  expect(relay.count('answer')).toBe(1);
  expect(tabs.map(({ events }) => events)).toEqual([[`+${second}`], [`+${first}`]]);
});

test('five are all connected with each other, and what one says reaches the others', async () => {
  const { relay, network, tabs } = await room('c', 'a', 'e', 'b', 'd');
  expect([relay.count('offer'), network.live.length]).toEqual([10, 20]);
  expect((tabs[0] as Tab).mesh.send('hello')).toBe(4);
  expect(tabs.map(({ heard }) => heard)).toEqual([[], ['c: hello'], ['c: hello'], ['c: hello'], ['c: hello']]);
  expect([(tabs[0] as Tab).mesh.sendTo('b', 'psst'), (tabs[0] as Tab).mesh.sendTo('nobody', '')]).toEqual([true, false]);
  expect((tabs[3] as Tab).heard.at(-1)).toBe('c: psst');
});

test('who leaves is disconnected, and the others go on', async () => {
  const { tabs: [a, b, c] } = await room('a', 'b', 'c');
  c?.signaling.vanish('closed');
  expect([a?.events, b?.events]).toEqual([['+b', '+c', '-c closed'], ['+a', '+c', '-c closed']]);
  expect([a?.states(), b?.states()]).toEqual([{ b: 'connected' }, { a: 'connected' }]);
});

test.each(['timeout', 'drain', 'slow', 'limit', 'missed'])('a place lost by %s ends no connection that lives', async reason => {
  const { a, b } = await two();
  b.signaling.vanish(reason);
  expect([a.events, a.mesh.peers[0]?.isInRoom, a.mesh.send('still here?')]).toEqual([['+b'], false, 1]);
  connectionOf(a).become('failed');
  await vi.advanceTimersByTimeAsync(30_000);
  expect([a.events, a.mesh.peers]).toEqual([['+b', '-b lost'], []]);
});

test('a place lost before there is a connection ends the attempt', async () => {
  const relay = new FakeRelay();
  const network = new FakeNetwork();
  network.reachable = false;
  const [a, b] = [tab(relay, 'a', network), tab(relay, 'b', network)];
  a.signaling.connect();
  b.signaling.connect();
  await settle();
  b.signaling.vanish('timeout');
  await vi.advanceTimersByTimeAsync(100_000);
  expect([a.mesh.peers, a.events]).toEqual([[], []]);
});

test('the relay restarts and knows nobody: the connections live on, under new ids', async () => {
  const { relay, a, b } = await two();
  const said = relay.log.length;
  relay.members.length = 0;
  b.signaling.connect('b2');
  a.signaling.connect('a2');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([a.events, b.events]).toEqual([['+b', 'b=b2'], ['+a', 'a=a2']]);
  expect([a.states(), relay.log.length]).toEqual([{ b2: 'connected' }, said]);
  expect(a.mesh.sendTo('b2', 'hello')).toBe(true);
});

test('the relay restarts in the middle of a handshake: it begins anew', async () => {
  const relay = new FakeRelay();
  const network = new FakeNetwork();
  const [a, b] = [tab(relay, 'a', network), tab(relay, 'b', network)];
  a.signaling.connect();
  relay.hold();
  b.signaling.connect();
  await settle();
  relay.members.length = 0;
  relay.release();
  a.signaling.connect('a2');
  b.signaling.connect('b2');
  await settle();
  expect([a.events, b.events, network.live.length]).toEqual([['+b2'], ['+a2'], 2]);
});

test('a connection that was lost in the middle of a handshake: the caller calls anew', async () => {
  const relay = new FakeRelay();
  const network = new FakeNetwork();
  const [a, b] = [tab(relay, 'a', network), tab(relay, 'b', network)];
  a.signaling.connect();
  b.signaling.connect();
  b.signaling.lose(); // and with it the offer, which was about to be made
  await settle();
  b.signaling.resume();
  await settle();
  expect([a.events, b.events, network.live.length]).toEqual([['+b'], ['+a'], 2]);
});

test('after a gap everybody who is not connected is called', async () => {
  const { relay, network, a, b } = await two();
  b.signaling.lose();
  const c = tab(relay, 'c', network);
  relay.hold();
  c.signaling.connect();
  await settle();
  relay.release();
  b.signaling.resume(true);
  await settle();
  expect([a.events, b.events, c.events].map(events => events.sort())).toEqual([['+b', '+c'], ['+a', '+c'], ['+a', '+b']]);
  expect(network.live).toHaveLength(6);
});

test('both call at once: one connection comes of it', async () => {
  const relay = new FakeRelay();
  const network = new FakeNetwork();
  const [a, b] = [relay.enter('a'), relay.enter('b')];
  a.connect();
  b.connect();
  // Each learns of the other's mesh when it has its own, and none of the two came later.
  const meshes = [a, b].map(({ id }, n) => new Mesh([a, b][n] as typeof a, { key: `key-${id}`, createConnection: network.create }));
  relay.hold();
  for (const mesh of meshes) for (const peer of mesh.peers) (peer as unknown as { call(): void }).call();
  await settle();
  relay.release();
  await settle();
  expect(relay.count('offer')).toBeGreaterThanOrEqual(2);
  expect(meshes.map(mesh => mesh.send('hello'))).toEqual([1, 1]);
  expect(network.live).toHaveLength(2);
});

test('one that was to call and does not is called', async () => {
  const relay = new FakeRelay();
  const network = new FakeNetwork();
  const a = tab(relay, 'a', network);
  a.signaling.connect();
  const b = relay.enter('b');
  b.pinMeta({ mesh: 'key-b' });
  b.connect();
  await vi.advanceTimersByTimeAsync(4_999);
  expect([a.states(), relay.count('offer')]).toEqual([{ b: 'expected' }, 0]);
  await vi.advanceTimersByTimeAsync(1);
  expect([a.states(), relay.count('offer')]).toEqual([{ b: 'connecting' }, 1]);
});

test('no way is found: tried again after longer and longer, until there is one', async () => {
  const relay = new FakeRelay();
  const network = new FakeNetwork();
  network.reachable = false;
  const [a, b] = [tab(relay, 'a', network), tab(relay, 'b', network)];
  a.signaling.connect();
  b.signaling.connect();
  await vi.advanceTimersByTimeAsync(15_000);
  expect([a.states(), b.states()]).toEqual([{ b: 'failed' }, { a: 'failed' }]);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(relay.count('offer')).toBeLessThan(12);
  network.reachable = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([a.events, b.events, network.live.length]).toEqual([['+b'], ['+a'], 2]);
});

test('a connection that fails is mended by an ICE restart of one side', async () => {
  const { relay, network, a, b } = await two();
  const [one, other] = network.connections;
  for (const connection of [one, other]) connection?.become('disconnected');
  expect([a.states(), b.states()]).toEqual([{ b: 'interrupted' }, { a: 'interrupted' }]);
  for (const connection of [one, other]) connection?.become('failed');
  await settle();
  expect([relay.count('offer'), network.connections.length]).toEqual([2, 2]);
  expect([a.states(), b.states()]).toEqual([{ b: 'connected' }, { a: 'connected' }]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([a.events, relay.count('offer')]).toEqual([['+b'], 2]);
});

test('an interruption asks for fresh credentials, and they are used', async () => {
  const { a } = await two();
  a.signaling.iceServers = [{ urls: 'turn:x', username: 'u', credential: 'old' }];
  const mine = connectionOf(a);
  mine.become('disconnected');
  expect(a.signaling.iceRequests).toBe(1);
  a.signaling.say('ice', [{ urls: 'turn:x', username: 'u', credential: 'new' }]);
  expect(mine.configuration.iceServers).toEqual([{ urls: 'turn:x', username: 'u', credential: 'new' }]);
});

test('the ICE servers of the welcome are used', () => {
  const relay = new FakeRelay();
  const other = relay.enter('a');
  other.pinMeta({ mesh: 'key-a' });
  other.connect();
  const signaling = relay.enter('b');
  signaling.iceServers = [{ urls: 'stun:x' }];
  const used: RTCConfiguration[] = [];
  new Mesh(signaling, { createConnection: configuration => { used.push(configuration); return new FakeNetwork().create(); } });
  signaling.connect();
  expect(used).toEqual([{ iceServers: [{ urls: 'stun:x' }] }]);
});

test('a peer without a mesh is not called; one that gets a mesh calls', async () => {
  const relay = new FakeRelay();
  const network = new FakeNetwork();
  const watcher = relay.enter('w');
  watcher.connect();
  const a = tab(relay, 'a', network);
  a.signaling.connect();
  await settle();
  expect([a.mesh.peers, relay.log]).toEqual([[], []]);
  const late = new Mesh(watcher, { createConnection: network.create });
  await settle();
  expect([a.events, late.send('hello')]).toEqual([['+w'], 1]);
});

test('a mesh that leaves is gone for the others, while its client stays', async () => {
  const { a, b, network } = await two();
  b.mesh.leave();
  await settle();
  expect([a.mesh.peers, b.mesh.peers, network.live, a.signaling.peers.size]).toEqual([[], [], [], 1]);
  expect(a.events).toEqual(['+b', '-b closed']);
});

test('one that claims the name of another who is here gets nothing of it', async () => {
  const { relay, a } = await two();
  const thief = relay.enter('t');
  thief.pinMeta({ mesh: 'key-b' });
  thief.connect();
  relay.carry('t', 'a', { type: 'offer', session: 's', sdp: 'offer of thief' } as never);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([a.events, Object.keys(a.states())]).toEqual([['+b'], ['b']]);
});

test('signals that are late, of strangers, or no signals at all change nothing', async () => {
  const { relay, a } = await two();
  const stranger = relay.enter('s');
  stranger.connect();
  for (const [from, data] of [
    ['s', { type: 'offer', session: 'x', sdp: 'offer of s' }],
    ['b', { type: 'answer', session: 'x', of: 'old', sdp: 'late' }], ['b', { type: 'offer', session: 'x', of: 'old', sdp: 'late' }],
    ['b', { type: 'candidate', session: 'x', candidate: {} }], ['b', { type: 'offer', session: 5, sdp: '' }], ['b', null], ['b', 'hello'], ['b', { type: 'toString', session: 'x' }],
  ] as const) relay.carry(from, 'a', data as never);
  a.signaling.say('message', { from: 'b', data: { type: 'offer', session: 'x', sdp: 'to all' } });
  await vi.advanceTimersByTimeAsync(60_000);
  expect([a.events, a.states()]).toEqual([['+b'], { b: 'connected' }]);
});

test('a browser that has no more connections to give says so, and it is tried again', async () => {
  const relay = new FakeRelay();
  const other = relay.enter('a');
  other.pinMeta({ mesh: 'key-a' });
  other.connect();
  const signaling = relay.enter('b');
  const mesh = new Mesh(signaling, { createConnection: () => { throw new Error('too many'); } });
  signaling.connect();
  expect(mesh.peers.map(({ state }) => state)).toEqual(['failed']);
});

test.each([['a', 'b'], ['b', 'a']])('%s comes back on another network: it looks for a new way to %s', async (moved, stayed) => {
  const relay = new FakeRelay();
  const network = new FakeNetwork();
  const page = new EventTarget();
  const one = tab(relay, moved, network, page);
  const other = tab(relay, stayed, network);
  for (const { signaling } of [one, other]) signaling.connect();
  await settle();
  const offers = () => relay.log.filter(({ from, data }) => from === moved && data.type === 'offer').length;
  const before = offers();
  one.signaling.lose();
  one.signaling.resume();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(offers()).toBe(before); // the relay was away, and nothing else
  one.signaling.lose();
  for (const name of ['offline', 'online']) page.dispatchEvent(new Event(name));
  one.signaling.resume();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([offers(), one.events, network.connections.length]).toEqual([before + 1, [`+${stayed}`], 2]);
});

test('a restart that was lost with a connection to the relay is told again', async () => {
  const { relay, a, b } = await two();
  const [mine, theirs] = [connectionOf(a), connectionOf(b)];
  a.signaling.lose(); // what it says now reaches nobody
  for (const connection of [mine, theirs]) connection.become('disconnected');
  mine.become('failed');
  await vi.advanceTimersByTimeAsync(5_000);
  expect([mine.signalingState, theirs.steps.filter(step => step === 'remote offer').length]).toEqual(['have-local-offer', 0]);
  a.signaling.resume();
  await vi.advanceTimersByTimeAsync(5_000);
  expect([a.states(), b.states(), relay.count('answer')]).toEqual([{ b: 'connected' }, { a: 'connected' }, 2]);
});
