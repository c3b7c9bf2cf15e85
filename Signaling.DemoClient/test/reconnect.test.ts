import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startClient } from './relay-script.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test.each([1000, 1002, 1007, 1008, 1009, 4400, 4401, 4403, 4409])('%i is the end', code => {
  const { sockets, states, welcomed, lose } = startClient();
  welcomed();
  lose(code);
  expect(states.at(-1)).toMatchObject({ phase: 'closed', code, why: expect.stringMatching(/./) });
  expect(sockets).toHaveLength(1);
});

test.each([1001, 1005, 1006, 1011, 1012, 4408, 4999])('after %i it comes back', code => {
  const { latest, states, welcomed, sockets } = startClient();
  welcomed();
  latest().end(code, 'in the words of the relay');
  expect(states.at(-1)).toEqual({ phase: 'waiting', retryInMs: 500, code, why: 'in the words of the relay' });
  vi.advanceTimersByTime(500);
  expect(states.at(-1)).toEqual({ phase: 'connecting', retry: true });
  expect(sockets).toHaveLength(2);
});

test.each([1013, 4429])('after %i it waits longer, whatever is drawn', code => {
  const { latest, states, welcomed } = startClient({ random: () => 0 });
  welcomed();
  latest().end(code);
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', retryInMs: 5_000 });
});

test('after a goaway it comes back when it was told to', () => {
  const { latest, states, welcomed, events } = startClient();
  welcomed();
  latest().say({ type: 'goaway', afterMs: 4200 });
  expect(events('goaway')).toEqual([{ afterMs: 4200 }]);
  vi.advanceTimersByTime(1200);
  latest().end(1012);
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', retryInMs: 3500 });
});

test.each([[-5, 500], ['soon', 500], [1e12, 60_500]])('a goaway of %j is believed within reason', (afterMs, retryInMs) => {
  const { latest, states, welcomed } = startClient();
  welcomed();
  latest().say({ type: 'goaway', afterMs });
  latest().end(1012);
  expect(states.at(-1)).toMatchObject({ retryInMs });
});

test('a relay that accepts and drops is asked at longer and longer intervals', () => {
  const { latest, states, welcomed } = startClient();
  const waits = Array.from({ length: 6 }, () => {
    welcomed();
    latest().end();
    const state = states.at(-1);
    const wait = state?.phase === 'waiting' ? state.retryInMs : NaN;
    vi.advanceTimersByTime(wait);
    return wait;
  });
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000]);
});

test('the token goes beside the protocol, not into the address', () => {
  const { latest } = startClient({ token: 'abc.def' });
  expect(latest()).toMatchObject({ url: 'ws://relay/room/demo', protocols: ['signaling.v1', 'bearer.abc.def'] });
});

test('a token that has expired is replaced by a new one, if one can be had', async () => {
  let given = 0;
  const { latest, welcomed, sockets } = startClient({ getToken: async () => `t${++given}` });
  await vi.advanceTimersByTimeAsync(0);
  expect(latest().protocols).toEqual(['signaling.v1', 'bearer.t1']);
  welcomed();
  latest().end();
  await vi.advanceTimersByTimeAsync(500);
  expect(latest().protocols).toEqual(['signaling.v1', 'bearer.t1']);
  welcomed({ resumed: true });
  latest().end(4401);
  await vi.advanceTimersByTimeAsync(1000);
  expect(latest().protocols).toEqual(['signaling.v1', 'bearer.t2']);
  expect(sockets).toHaveLength(3);
});

test('a handshake that failed may have failed for its token: a new one is asked for', async () => {
  let given = 0;
  const { latest } = startClient({ token: 't0', getToken: () => `t${++given}` });
  expect(latest().protocols).toContain('bearer.t0');
  latest().end();
  await vi.advanceTimersByTimeAsync(500);
  expect(latest().protocols).toContain('bearer.t1');
});

test('a token that cannot be had is an attempt that failed', async () => {
  const { states, sockets } = startClient({ getToken: () => Promise.reject(new Error('login first')) });
  await vi.advanceTimersByTimeAsync(0);
  expect(states.at(-1)).toEqual({ phase: 'waiting', retryInMs: 500, code: 1006, why: 'login first' });
  expect(sockets).toHaveLength(0);
});

test('a token that comes after close opens nothing', async () => {
  let give = (_: string) => {};
  const { client, sockets } = startClient({ getToken: () => new Promise(resolve => { give = resolve; }) });
  client.close();
  give('late');
  await vi.advanceTimersByTimeAsync(100_000);
  expect(sockets).toHaveLength(0);
});

test('a renewed token is told, and used from then on', () => {
  const { client, welcomed, sent, lose, latest } = startClient({ token: 'old' });
  welcomed();
  client.renewToken('new');
  expect(sent()).toEqual([{ type: 'token', token: 'new' }]);
  lose();
  expect(latest().protocols).toContain('bearer.new');
});

test('after an end that was not its own, connect starts anew', () => {
  const { client, sockets, welcomed, lose } = startClient();
  welcomed();
  lose(4403);
  client.connect();
  client.connect();
  expect(sockets).toHaveLength(2);
});

test.each(['online', 'pageshow'])('%s cuts a wait short', name => {
  const page = new EventTarget();
  const { latest, sockets } = startClient({ page });
  latest().end();
  page.dispatchEvent(Object.assign(new Event(name), { persisted: true }));
  expect(sockets).toHaveLength(2);
});

test('going offline alone changes nothing: the relay may be on this machine', () => {
  const page = new EventTarget();
  const { states, welcomed, sockets } = startClient({ page });
  welcomed();
  page.dispatchEvent(new Event('offline'));
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  expect([states.at(-1), sockets.length]).toEqual([{ phase: 'open' }, 1]);
});

test('closed, it no longer listens to the page', () => {
  const page = new EventTarget();
  const remove = vi.spyOn(page, 'removeEventListener');
  const { client, sockets } = startClient({ page });
  client.close();
  page.dispatchEvent(new Event('online'));
  expect([remove.mock.calls.length, sockets.length]).toEqual([4, 1]);
});

test('an attempt that hangs with its welcome on the way is not closed: that would end the place', () => {
  const { sockets, latest, welcomed, lose } = startClient();
  welcomed();
  lose();
  const hanging = latest();
  hanging.open();
  vi.advanceTimersByTime(20_000);
  expect([sockets.length > 2, hanging.closed]).toEqual([true, false]);
  welcomed({ resumed: true });
  expect(hanging.closed).toBe(true);
});

test('a page that is left says bye; kept and shown again, it comes back', () => {
  const page = new EventTarget();
  const { client, states, welcomed, sent, sockets, latest } = startClient({ page });
  welcomed();
  const before = latest();
  page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }));
  expect([sent(), before.closed, states.at(-1)]).toEqual([[{ type: 'bye' }], true, { phase: 'closed', code: 1000, why: 'the page was left' }]);
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  welcomed();
  expect([sockets.length, client.state.phase]).toEqual([2, 'open']);
});

test('a page that is left while nothing was open, or everything is over, says nothing', () => {
  const page = new EventTarget();
  const { client, sent, sockets, latest } = startClient({ page });
  page.dispatchEvent(new Event('pagehide'));
  client.close();
  page.dispatchEvent(new Event('pagehide'));
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect([sent(), latest().closed, sockets.length]).toEqual([[], true, 1]);
});
