import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startClient } from './relay-script.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const errors = async (one: ReturnType<typeof startClient>) => {
  await vi.advanceTimersByTimeAsync(0);
  return one.events('error').map(error => (error as { code: string; ref: string })).map(({ code, ref }) => `${code} ${ref}`);
};

test('it is open once it is welcomed, and not before', () => {
  const { client, latest, states, said, welcomed } = startClient();
  expect(latest()).toMatchObject({ url: 'ws://relay/room/demo', protocols: ['signaling.v1'] });
  latest().open();
  expect(client.state.phase).toBe('connecting');
  welcomed({ peers: [{ id: 'a', meta: { name: 'Ann' } }, { id: 'me', meta: {} }], iceServers: [{ urls: 'stun:one' }] });
  expect([client.id, client.room, [...client.peers], client.iceServers, client.limits.maxMessageBytes])
    .toEqual(['me', 'demo', [['a', { name: 'Ann' }]], [{ urls: 'stun:one' }], 1000]);
  expect(states).toEqual([{ phase: 'connecting', retry: false }, { phase: 'open' }]);
  expect(said).toEqual([['welcome', { id: 'me', previousId: undefined, resumed: false }]]);
});

test('a server that does not welcome is given up, and asked again', () => {
  const { states, latest, sockets } = startClient();
  latest().open();
  latest().say({ from: 'a', data: 1 });
  vi.advanceTimersByTime(10_000);
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', retryInMs: 500, why: 'the relay did not answer' });
  vi.advanceTimersByTime(500);
  expect(sockets).toHaveLength(2);
});

test('what others do is told, each once', () => {
  const { latest, welcomed, said, client } = startClient();
  welcomed({ peers: [{ id: 'a', meta: {} }] });
  said.length = 0;
  for (const frame of [
    { type: 'join', id: 'b', meta: { n: 1 } }, { type: 'join', id: 'b', meta: { n: 1 } }, { type: 'join', id: 'me', meta: {} },
    { type: 'meta', id: 'a', meta: { n: 2 } }, { type: 'meta', id: 'stranger', meta: {} },
    { from: 'a', data: null }, { from: 'a', to: 'me', data: [1] },
    { type: 'raw', from: 'r', data: 'text' }, { type: 'raw', from: 'r', base64: 'AQI=' },
    { type: 'leave', id: 'a', reason: 'timeout' }, { type: 'leave', id: 'a', reason: 'timeout' },
  ]) latest().say(frame);
  expect(said).toEqual([
    ['join', { id: 'b', meta: { n: 1 } }],
    ['meta', { id: 'a', meta: { n: 2 } }],
    ['message', { from: 'a', data: null }],
    ['message', { from: 'a', to: 'me', data: [1] }],
    ['raw', { from: 'r', data: 'text' }],
    ['raw', { from: 'r', data: new Uint8Array([1, 2]) }],
    ['leave', { id: 'a', reason: 'timeout' }],
  ]);
  expect([...client.peers.keys()]).toEqual(['b']);
});

test('presence is told as joins and leaves', () => {
  const { latest, welcomed, said } = startClient();
  welcomed({ peers: [{ id: 'a', meta: {} }] });
  said.length = 0;
  latest().say({ type: 'presence', joined: [{ id: 'b', meta: {} }, { id: 'a', meta: {} }, 7, { meta: {} }], left: [{ id: 'a', reason: 'slow' }, null] });
  expect(said).toEqual([['leave', { id: 'a', reason: 'slow' }], ['join', { id: 'b', meta: {} }], ['join', { id: 'a', meta: {} }]]);
});

test('messages go out with a ref, and the error about one brings it back', () => {
  const { client, latest, welcomed, sent, said } = startClient();
  welcomed();
  const refs = [client.send({ hi: 1 }), client.sendTo('b', 'psst')];
  expect(sent()).toEqual([{ data: { hi: 1 }, ref: refs[0] }, { to: 'b', data: 'psst', ref: refs[1] }]);
  latest().say({ type: 'error', code: 'peer-unavailable', message: 'b is gone', ref: refs[1], to: 'b' });
  expect(said.at(-1)).toEqual(['error', { code: 'peer-unavailable', message: 'b is gone', ref: refs[1], to: 'b' }]);
  expect(() => client.send(undefined)).toThrow(TypeError);
});

test('a message for which the relay would end the connection is not sent', async () => {
  const one = startClient();
  one.welcomed();
  const ref = one.client.send('ä'.repeat(500));
  expect(one.sent()).toEqual([]);
  expect(await errors(one)).toEqual([`too-large ${ref}`]);
});

test('what is said before the first welcome goes out after it, in order', () => {
  const { client, sent, welcomed } = startClient();
  client.send(1);
  client.sendTo('a', 2);
  welcomed();
  client.send(3);
  expect(sent().map(({ data }) => data)).toEqual([1, 2, 3]);
});

test('what is said while away goes out in order when resumed, before anything new', () => {
  const { client, latest, welcomed, sent, lose } = startClient();
  welcomed();
  lose();
  client.send(1);
  client.send(2);
  client.on('state', ({ phase }) => { if (phase === 'open') client.send(3); });
  latest().open();
  welcomed({ resumed: true, resume: 's2' });
  expect(sent().map(({ data }) => data)).toEqual([1, 2, 3]);
});

test('on a fresh place what waited is not sent, and told', async () => {
  const one = startClient();
  one.welcomed();
  one.lose();
  const ref = one.client.sendTo('b', 1);
  one.welcomed({ id: 'me2' });
  expect(one.sent()).toEqual([]);
  expect(await errors(one)).toEqual([`not-sent ${ref}`]);
});

test('the queue is bounded by number and by bytes', async () => {
  const byNumber = startClient({ queue: { messages: 2, bytes: 1000 } });
  for (const n of [1, 2, 3]) byNumber.client.send(n);
  expect(await errors(byNumber)).toEqual(['queue-full 3']);
  const byBytes = startClient({ queue: { messages: 100, bytes: 60 } });
  for (const n of [1, 2]) byBytes.client.send('x'.repeat(30) + n);
  expect(await errors(byBytes)).toEqual(['queue-full 2']);
});

test('a socket that does not drain is not piled up without bound', async () => {
  const one = startClient();
  one.welcomed();
  one.latest().bufferedAmount = 2_000_000;
  one.client.send(1);
  expect(one.sent()).toEqual([]);
  expect(await errors(one)).toEqual(['queue-full 1']);
});

test('metadata goes with the address, and news of it after the welcome', () => {
  const { client, asked, sent, welcomed } = startClient({ meta: { name: 'Ann' } });
  expect(asked().get('meta')).toBe('{"name":"Ann"}');
  welcomed();
  expect(sent()).toEqual([]);
  client.pinMeta({ mesh: 'k' });
  client.setMeta({ name: 'Bob' });
  client.setMeta({ name: 'Bob' });
  expect(sent()).toEqual([{ type: 'meta', meta: { name: 'Ann', mesh: 'k' } }, { type: 'meta', meta: { name: 'Bob', mesh: 'k' } }]);
  expect(client.meta).toEqual({ name: 'Bob', mesh: 'k' });
});

test('metadata too long for an address is sent after the welcome', () => {
  const meta = { story: 'x'.repeat(2000) };
  const { asked, sent, welcomed } = startClient({ meta });
  expect(asked().has('meta')).toBe(false);
  welcomed();
  expect(sent()).toEqual([{ type: 'meta', meta }]);
});

test('metadata set while away is told on a place that was kept', () => {
  const { client, sent, welcomed, lose } = startClient();
  welcomed();
  lose();
  client.setMeta({ n: 1 });
  welcomed({ resumed: true });
  expect(sent()).toEqual([{ type: 'meta', meta: { n: 1 } }]);
});

test('fresh ICE servers are asked for, and kept', () => {
  const { client, latest, welcomed, sent, events } = startClient();
  client.requestIce();
  welcomed();
  client.requestIce();
  latest().say({ type: 'ice', iceServers: [{ urls: ['turn:x'], username: 'u', credential: 'c' }, { urls: 5 }, null] });
  expect(sent()).toEqual([{ type: 'ice' }]);
  expect(client.iceServers).toEqual([{ urls: ['turn:x'], username: 'u', credential: 'c' }]);
  expect(events('ice')).toEqual([client.iceServers]);
});

test('close says bye, and is for good', async () => {
  const one = startClient();
  one.welcomed();
  one.client.close();
  one.client.connect();
  one.client.retryNow();
  one.client.send(1);
  vi.advanceTimersByTime(100_000);
  expect([one.sent(), one.latest().closed, one.sockets.length]).toEqual([[{ type: 'bye' }], true, 1]);
  expect(one.states.at(-1)).toEqual({ phase: 'closed', code: 1000, why: 'closed by this client' });
  expect(await errors(one)).toEqual(['not-sent 1']);
});

test('a listener that throws is reported, and stops nothing', async () => {
  const { client, latest, welcomed, events } = startClient();
  const reported: unknown[] = [];
  vi.stubGlobal('queueMicrotask', (report: () => void) => { try { report(); } catch (error) { reported.push(error); } });
  client.on('join', () => { throw new Error('mine'); });
  welcomed();
  latest().say({ type: 'join', id: 'a', meta: {} });
  latest().say({ from: 'a', data: 1 });
  vi.unstubAllGlobals();
  expect([reported, events('message')]).toEqual([[new Error('mine')], [{ from: 'a', data: 1 }]]);
});
