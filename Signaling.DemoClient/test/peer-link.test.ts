import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PeerLink } from '../src/signaling/peer-link.ts';
import { FakeConnection, heard } from './fakes.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function link(offers: boolean) {
  const connection = new FakeConnection();
  const made = new PeerLink({ call: 'c', offers, createConnection: () => connection as unknown as RTCPeerConnection });
  return { link: made, connection, signals: heard(made, 'signal'), ends: heard(made, 'end') };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const candidate = (name: string) => ({ type: 'candidate', call: 'c', candidate: { candidate: name } }) as const;

test('the offering side offers, and takes the answer', async () => {
  const { link: offering, connection, signals } = link(true);
  offering.start();
  await settle();
  offering.receive({ type: 'answer', call: 'c', sdp: 'theirs' });
  await settle();
  expect(signals).toEqual([{ type: 'offer', call: 'c', sdp: 'my offer' }]);
  expect(connection.steps).toEqual(['local offer', 'remote answer']);
});

test('the answering side waits for the offer, and answers', async () => {
  const { link: answering, connection, signals } = link(false);
  answering.start();
  await settle();
  expect(connection.steps).toEqual([]);
  answering.receive({ type: 'offer', call: 'c', sdp: 'theirs' });
  await settle();
  expect(signals).toEqual([{ type: 'answer', call: 'c', sdp: 'my answer' }]);
});

test('an offer to the side that offers is not taken: glare cannot be', async () => {
  const { link: offering, connection } = link(true);
  offering.start();
  offering.receive({ type: 'offer', call: 'c', sdp: 'theirs' });
  await settle();
  expect(connection.steps).toEqual(['local offer']);
});

test('candidates that come before the description wait for it', async () => {
  const { link: offering, connection } = link(true);
  offering.start();
  offering.receive(candidate('1'));
  offering.receive(candidate('2'));
  await settle();
  expect(connection.steps).toEqual(['local offer']);
  offering.receive({ type: 'answer', call: 'c', sdp: 'theirs' });
  offering.receive(candidate('3'));
  await settle();
  expect(connection.steps).toEqual(['local offer', 'remote answer', 'candidate 1', 'candidate 2', 'candidate 3']);
});

test('a candidate that cannot be used is passed over', async () => {
  const { link: answering, connection, ends } = link(false);
  answering.receive({ type: 'offer', call: 'c', sdp: 'theirs' });
  answering.receive(candidate('nonsense'));
  answering.receive(candidate('1'));
  await settle();
  expect(connection.steps.at(-1)).toBe('candidate 1');
  expect(ends).toEqual([]);
});

test('what belongs to another attempt is passed over', async () => {
  const { link: answering, connection } = link(false);
  answering.receive({ type: 'offer', call: 'earlier', sdp: 'theirs' });
  await settle();
  expect(connection.steps).toEqual([]);
});

test('a description that cannot be used ends it', async () => {
  const { link: answering, ends } = link(false);
  answering.receive({ type: 'offer', call: 'c', sdp: 'nonsense' });
  await settle();
  expect(ends).toEqual(['failed']);
});

test('own candidates go out, the end of them does not', () => {
  const { connection, signals } = link(true);
  connection.onicecandidate?.({ candidate: { toJSON: () => ({ candidate: 'mine' }) } });
  connection.onicecandidate?.({ candidate: null });
  expect(signals).toEqual([candidate('mine')]);
});

test('a handshake without an answer fails in time', async () => {
  const { link: offering, ends } = link(true);
  offering.start();
  await vi.advanceTimersByTimeAsync(9_999);
  expect(ends).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(ends).toEqual(['failed']);
});

test('an open link talks, and lasts', async () => {
  const { link: open, connection, ends } = link(true);
  const messages = heard(open, 'message');
  expect(open.send('early')).toBe(false);
  connection.open();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(open.send('hello')).toBe(true);
  connection.channel.onmessage?.({ data: 'hi' });
  expect([connection.channel.sent, messages, ends, open.isOpen]).toEqual([['hello'], ['hi'], [], true]);
});

test('a break that mends is no end', async () => {
  const { link: open, connection, ends } = link(true);
  connection.open();
  connection.become('disconnected');
  expect([open.isOpen, open.isBroken]).toEqual([true, true]);
  await vi.advanceTimersByTimeAsync(9_999);
  connection.become('connected');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ends).toEqual([]);
});

test('a break that does not mend is one', async () => {
  const { connection, ends } = link(true);
  connection.open();
  connection.become('disconnected');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ends).toEqual(['lost']);
});

test('the other side closed: left, told once', () => {
  const { connection, ends } = link(true);
  connection.open();
  connection.channel.onclose?.();
  connection.become('failed');
  expect(ends).toEqual(['left']);
});

test('closed by its owner it says nothing more', async () => {
  const { link: closed, connection, ends, signals } = link(true);
  closed.start();
  closed.close();
  connection.channel.onclose?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([ends, signals]).toEqual([[], []]);
});
