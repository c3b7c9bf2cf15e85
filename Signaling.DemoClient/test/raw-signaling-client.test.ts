import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionState } from '../src/signaling/connection-state.ts';
import { RawSignalingClient } from '../src/signaling/raw-signaling-client.ts';
import type { ReconnectOptions } from '../src/signaling/reconnect-options.ts';
import { FakeSocket } from './fakes.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function start(options: ReconnectOptions = {}) {
  const sockets: FakeSocket[] = [];
  const states: ConnectionState[] = [];
  const messages: string[] = [];
  const client = new RawSignalingClient('ws://relay/room/a', {
    random: () => 1,
    openSocket: url => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    ...options,
  });
  client.on('state', state => states.push(state));
  client.on('message', message => messages.push(message));
  client.connect();
  const latest = () => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  };
  return { client, sockets, states, messages, latest };
}

test('it connects, sends and receives', () => {
  const { client, latest, states, messages } = start();
  expect(client.send('early')).toBe(false);
  latest().onopen?.();
  expect(client.send('hello')).toBe(true);
  latest().onmessage?.({ data: 'hi' });
  latest().onmessage?.({ data: new ArrayBuffer(1) });
  expect(latest()).toMatchObject({ url: 'ws://relay/room/a', sent: ['hello'] });
  expect(messages).toEqual(['hi']);
  expect(states).toEqual([{ phase: 'connecting', retry: false }, { phase: 'open' }]);
});

test('a relay that does not answer is asked again, each time after longer', () => {
  const { states, sockets, latest } = start();
  for (const wait of [500, 1000, 2000]) {
    latest().onclose?.({ code: 1006, reason: '' });
    expect(states.at(-1)).toMatchObject({ phase: 'waiting', retryInMs: wait });
    const before = sockets.length;
    vi.advanceTimersByTime(wait - 1);
    expect(sockets).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(before + 1);
    expect(states.at(-1)).toEqual({ phase: 'connecting', retry: true });
  }
});

test('only a connection that lasts makes the waits short again', () => {
  const { states, latest } = start();
  const lose = () => latest().onclose?.({ code: 1001, reason: '' });
  lose();
  vi.advanceTimersByTime(500);
  latest().onopen?.();
  lose();
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', retryInMs: 1000 });
  vi.advanceTimersByTime(1000);
  latest().onopen?.();
  vi.advanceTimersByTime(5000);
  lose();
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', retryInMs: 500 });
});

test('an attempt that hangs is given up', () => {
  const { sockets, latest, states } = start();
  vi.advanceTimersByTime(10_000);
  expect(latest().closed).toBe(true);
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', retryInMs: 500 });
  sockets[0]?.onopen?.();
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', retryInMs: 500 });
});

test('an address that may not be opened is told as a relay that is away', () => {
  const { states } = start({ openSocket: () => { throw new Error('SecurityError'); } });
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', retryInMs: 500 });
});

test('a close code that will not change is the end', () => {
  const { states, sockets, latest } = start();
  latest().onopen?.();
  latest().onclose?.({ code: 4403, reason: 'not this room' });
  vi.advanceTimersByTime(60_000);
  expect(states.at(-1)).toEqual({ phase: 'closed', code: 4403, why: 'not this room' });
  expect(sockets).toHaveLength(1);
});

test('retryNow cuts the wait short, once', () => {
  const { client, sockets, latest } = start();
  latest().onclose?.({ code: 1006, reason: '' });
  client.retryNow();
  client.retryNow();
  vi.advanceTimersByTime(5000);
  expect(sockets).toHaveLength(2);
});

test('closed is closed', () => {
  const { client, sockets, states, latest } = start();
  latest().onclose?.({ code: 1006, reason: '' });
  client.close();
  client.retryNow();
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(1);
  expect(states.at(-1)).toMatchObject({ phase: 'closed', code: 1000 });
});
