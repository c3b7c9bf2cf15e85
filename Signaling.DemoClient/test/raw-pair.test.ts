import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type PairStateChange, RawPair } from '../src/signaling/raw-pair.ts';
import { FakeClient, FakeLinks, FakeRoom } from './fakes.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const settle = () => vi.advanceTimersByTimeAsync(0);

function tab(room: FakeRoom, id: string) {
  const client = new FakeClient(room);
  const links = new FakeLinks();
  const pair = new RawPair(client, { id, createLink: links.create });
  const changes: PairStateChange[] = [];
  const signals: string[] = [];
  pair.on('state', change => changes.push(change));
  pair.on('signal', ({ direction, type }) => signals.push(`${direction} ${type}`));
  return { client, links, pair, changes, signals };
}

async function connected(room: FakeRoom, one = 'a', other = 'b') {
  const [a, b] = [tab(room, one), tab(room, other)];
  a.client.enter();
  b.client.enter();
  await settle();
  a.links.last.open();
  b.links.last.open();
  return [a, b] as const;
}

const states = (...tabs: { pair: RawPair }[]) => tabs.map(({ pair }) => pair.state);

test.each([['a', 'b'], ['b', 'a']])('%s comes first, then %s: a offers, and one of them only', async (first, second) => {
  const room = new FakeRoom();
  const [one, two] = [tab(room, first), tab(room, second)];
  one.client.enter();
  expect(one.pair.state).toBe('waiting');
  two.client.enter();
  await settle();
  expect(states(one, two)).toEqual(['connecting', 'connecting']);
  expect(room.log.filter(({ type }) => type === 'offer')).toMatchObject([{ from: 'a', to: 'b' }]);
  expect(room.log.filter(({ type }) => type === 'answer')).toMatchObject([{ from: 'b', to: 'a' }]);
  one.links.last.open();
  two.links.last.open();
  expect(states(one, two)).toEqual(['connected', 'connected']);
});

test('two that come in the same instant hear both hellos, and still one offers, once', async () => {
  const room = new FakeRoom();
  const [a, b] = [tab(room, 'a'), tab(room, 'b')];
  room.hold();
  a.client.enter();
  b.client.enter();
  room.release();
  await settle();
  expect([room.count('hello'), room.count('offer'), room.count('answer')]).toEqual([2, 1, 1]);
  expect(a.signals).toEqual(['sent offer', 'received answer']);
  expect(b.signals).toEqual(['received offer', 'sent answer']);
});

test('of three in the same instant two meet and the third is told', async () => {
  const room = new FakeRoom();
  const tabs = ['a', 'b', 'c'].map(id => tab(room, id));
  room.hold();
  for (const { client } of tabs) client.enter();
  room.release();
  await settle();
  expect(states(...tabs).sort()).toEqual(['connecting', 'connecting', 'full']);
});

test('a third is told that the room is full, and takes the place of one that leaves', async () => {
  const room = new FakeRoom();
  const [a, b] = await connected(room);
  const c = tab(room, 'c');
  c.client.enter();
  expect(states(a, b, c)).toEqual(['connected', 'connected', 'full']);
  a.pair.leave();
  await settle();
  expect(states(b, c)).toEqual(['connecting', 'connecting']);
  expect(b.changes.map(({ state }) => state)).toEqual(['connecting', 'connected', 'left', 'connecting']);
});

test('a third asks again, for the two may have ended without a word', async () => {
  const room = new FakeRoom();
  const [a, b] = await connected(room);
  const [c, d] = [tab(room, 'c'), tab(room, 'd')];
  c.client.enter();
  await vi.advanceTimersByTimeAsync(3_000);
  d.client.enter();
  a.client.loseRelay();
  b.client.loseRelay();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(states(c, d)).toEqual(['connecting', 'connecting']);
});

test('a third that asks again while the two are there is told again', async () => {
  const room = new FakeRoom();
  await connected(room);
  const c = tab(room, 'c');
  c.client.enter();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(new Set(c.changes.map(({ state }) => state))).toEqual(new Set(['full']));
});

test('an open channel outlives the relay, and nothing is negotiated when it is back', async () => {
  const room = new FakeRoom();
  const [a, b] = await connected(room);
  const said = room.log.length;
  for (const { client } of [a, b]) client.loseRelay();
  for (const { client } of [b, a]) client.enter();
  await settle();
  expect(states(a, b)).toEqual(['connected', 'connected']);
  expect(room.log).toHaveLength(said);
});

test('a handshake that lost the relay begins anew when it is back', async () => {
  const room = new FakeRoom();
  const [a, b] = [tab(room, 'a'), tab(room, 'b')];
  a.client.enter();
  b.client.enter();
  await settle();
  b.client.loseRelay();
  b.client.enter();
  await settle();
  expect(room.count('offer')).toBe(2);
  a.links.last.open();
  b.links.last.open();
  expect(states(a, b)).toEqual(['connected', 'connected']);
});

test('one that does not answer the offer does not block the room', async () => {
  const room = new FakeRoom();
  const a = tab(room, 'a');
  a.client.enter();
  a.client.hear(JSON.stringify({ type: 'hello', from: 'ghost' }));
  expect(a.pair.state).toBe('connecting');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(a.changes.at(-1)).toEqual({ state: 'waiting', end: 'failed' });
  const b = tab(room, 'b');
  b.client.enter();
  await settle();
  expect(states(a, b)).toEqual(['connecting', 'connecting']);
});

test('a handshake that fails on one side begins anew on both, with one offer more', async () => {
  const room = new FakeRoom();
  const [a, b] = [tab(room, 'a'), tab(room, 'b')];
  a.client.enter();
  b.client.enter();
  await settle();
  a.links.last.become('failed');
  await settle();
  expect([states(a, b), room.count('offer'), room.count('answer')]).toEqual([['connecting', 'connecting'], 2, 2]);
});

test('a connection that broke gives way to one who comes', async () => {
  const room = new FakeRoom();
  const [a, b] = await connected(room);
  b.client.loseRelay();
  a.links.last.become('disconnected');
  const c = tab(room, 'c');
  c.client.enter();
  await settle();
  expect(states(a, c)).toEqual(['connecting', 'connecting']);
});

test('one that slept while its place was taken is told so', async () => {
  const room = new FakeRoom();
  const [a, b] = await connected(room);
  a.links.last.become('disconnected');
  const c = tab(room, 'c');
  c.client.enter();
  await settle();
  b.links.last.channel.onclose?.();
  expect(states(a, b, c)).toEqual(['connecting', 'full', 'connecting']);
});

test('the other tab crashed: told after the break did not mend, and the next one is met', async () => {
  const room = new FakeRoom();
  const [a, b] = await connected(room);
  b.client.loseRelay();
  a.links.last.become('disconnected');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(a.changes.at(-1)).toEqual({ state: 'left', end: 'lost' });
  const c = tab(room, 'c');
  c.client.enter();
  await settle();
  expect(states(a, c)).toEqual(['connecting', 'connecting']);
});

test('what others say in the room, and late words of an earlier attempt, change nothing', async () => {
  const room = new FakeRoom();
  const [a] = await connected(room);
  for (const text of [
    'not ours', '{"type":"bye","from":"stranger"}', '{"type":"full","from":"b","to":"a"}', '{"type":"full","from":"x","to":"a"}',
    '{"type":"answer","from":"b","to":"a","call":"old","sdp":"late"}', '{"type":"offer","from":"b","to":"a","call":"glare","sdp":"late"}',
    '{"type":"hello","from":"a"}', '{"type":"bye","from":"b","to":"somebody else"}',
  ]) a.client.hear(text);
  await settle();
  expect(a.pair.state).toBe('connected');
  expect(a.signals).toEqual(['sent offer', 'received answer']);
});

test('texts go by the link', async () => {
  const [a, b] = await connected(new FakeRoom());
  const messages: string[] = [];
  b.pair.on('message', text => messages.push(text));
  expect(a.pair.send('hello')).toBe(true);
  b.links.last.channel.onmessage?.({ data: a.links.last.channel.sent[0] });
  expect(messages).toEqual(['hello']);
});

test('one that left hears nothing more', async () => {
  const room = new FakeRoom();
  const [a, b] = await connected(room);
  a.pair.leave();
  expect(room.log.filter(({ type }) => type === 'bye')).toEqual([{ type: 'bye', from: 'a' }]);
  await settle();
  expect([b.pair.state, a.pair.send('hello'), room.count('offer')]).toEqual(['left', false, 1]);
});
