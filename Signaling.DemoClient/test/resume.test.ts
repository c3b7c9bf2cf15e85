import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startClient } from './relay-script.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const peer = (id: string, meta = {}) => ({ id, meta });

test('it comes back with the last secret, and the number of frames that it got', () => {
  const { latest, welcomed, lose, asked } = startClient();
  expect(asked().has('resume')).toBe(false);
  welcomed();
  latest().say({ type: 'join', id: 'a', meta: {} });
  latest().say({ from: 'a', data: 1 });
  lose();
  expect([asked().get('resume'), asked().get('got')]).toEqual(['s1', '2']);
  welcomed({ resumed: true, resume: 's2' });
  latest().say({ from: 'a', data: 2 });
  lose();
  expect([asked().get('resume'), asked().get('got')]).toEqual(['s2', '3']);
});

test('every frame counts, whatever is in it; welcomes do not', () => {
  const { latest, welcomed, lose, asked } = startClient();
  welcomed();
  for (const frame of ['no JSON', '[]', { type: 'from the future' }, { type: 'welcome', v: 1, id: 'again' }, { from: 7, data: 1 }]) latest().say(frame);
  lose();
  expect(asked().get('got')).toBe('4');
});

test('a lost welcome costs nothing: the secret before it is used again', () => {
  const { latest, welcomed, lose, asked } = startClient();
  welcomed();
  latest().say({ from: 'a', data: 1 });
  lose();
  latest().open();
  lose();
  expect([asked().get('resume'), asked().get('got')]).toEqual(['s1', '1']);
});

test('on a place that was kept, nothing is told twice, and each frame at its time', () => {
  const { latest, welcomed, lose, said, client } = startClient();
  welcomed({ peers: [peer('a')] });
  lose();
  said.length = 0;
  // a left and b came while this client was away; the roster is of now, the frames of then follow.
  welcomed({ resumed: true, peers: [peer('b')] });
  latest().say({ from: 'a', data: 'last words' });
  latest().say({ type: 'leave', id: 'a', reason: 'closed' });
  latest().say({ type: 'join', id: 'b', meta: {} });
  expect(said).toEqual([
    ['welcome', { id: 'me', previousId: 'me', resumed: true }],
    ['message', { from: 'a', data: 'last words' }],
    ['leave', { id: 'a', reason: 'closed' }],
    ['join', { id: 'b', meta: {} }],
  ]);
  expect([...client.peers.keys()]).toEqual(['b']);
});

test('a gap in the middle of a connection is told, too', () => {
  const { latest, welcomed, events } = startClient();
  welcomed();
  latest().say({ type: 'gap' });
  expect(events('gap')).toEqual([undefined]);
});

test('a gap is told, with what changed', () => {
  const { welcomed, lose, said, latest, asked } = startClient();
  welcomed({ peers: [peer('a'), peer('b')] });
  latest().say({ from: 'a', data: 1 });
  lose();
  said.length = 0;
  welcomed({ resumed: true, gap: true, peers: [peer('b', { n: 1 }), peer('c')] });
  expect(said).toEqual([
    ['welcome', { id: 'me', previousId: 'me', resumed: true }],
    ['leave', { id: 'a', reason: 'missed' }],
    ['meta', { id: 'b', meta: { n: 1 } }],
    ['join', { id: 'c', meta: {} }],
    ['gap', undefined],
  ]);
  lose();
  expect(asked().get('got')).toBe('0');
});

test('on a fresh place the new id is told, with what changed, and the count begins anew', () => {
  const { welcomed, lose, said, latest, asked, client } = startClient();
  welcomed({ peers: [peer('a'), peer('b')] });
  latest().say({ from: 'a', data: 1 });
  lose();
  said.length = 0;
  welcomed({ id: 'me2', resume: 't1', peers: [peer('b'), peer('c')] });
  expect(said).toEqual([
    ['welcome', { id: 'me2', previousId: 'me', resumed: false }],
    ['leave', { id: 'a', reason: 'missed' }],
    ['join', { id: 'c', meta: {} }],
    ['gap', undefined],
  ]);
  expect(client.id).toBe('me2');
  lose();
  expect([asked().get('resume'), asked().get('got')]).toEqual(['t1', '0']);
});

test('"resumed" with another id is a fresh place', () => {
  const { welcomed, lose, events } = startClient();
  welcomed();
  lose();
  welcomed({ id: 'other', resumed: true });
  expect(events('welcome').at(-1)).toEqual({ id: 'other', previousId: 'me', resumed: false });
});

test('of a long roster nobody is missed before its rest has come', () => {
  const { welcomed, lose, latest, events } = startClient();
  const roster = [peer('p0'), peer('p1')];
  welcomed({ peers: [...roster, peer('stays'), peer('goes')] });
  lose();
  welcomed({ id: 'me2', peers: roster, more: true });
  expect(events('leave')).toEqual([]);
  latest().say({ type: 'presence', joined: [peer('stays'), peer('new')], left: [] });
  vi.advanceTimersByTime(10_000);
  expect(events('leave')).toEqual([{ id: 'goes', reason: 'missed' }]);
  expect(events('join')).toEqual([peer('new')]);
});

test('who is neither in the roster nor in the news of a place that was kept is gone in the end', () => {
  const { welcomed, lose, events } = startClient();
  welcomed({ peers: [peer('a'), peer('b')] });
  lose();
  welcomed({ resumed: true, peers: [peer('b')] });
  vi.advanceTimersByTime(9_999);
  expect(events('leave')).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(events('leave')).toEqual([{ id: 'a', reason: 'missed' }]);
});

test('the network came back: a connection from before is taken over, and what it still says is not counted', () => {
  const page = new EventTarget();
  const { sockets, latest, welcomed, asked, events } = startClient({ page });
  welcomed();
  const before = latest();
  page.dispatchEvent(new Event('offline'));
  page.dispatchEvent(new Event('online'));
  expect([sockets.length, asked().get('resume'), asked().get('got')]).toEqual([2, 's1', '0']);
  before.say({ from: 'a', data: 'late' });
  // A Close would end the place before it is taken over.
  expect(before.closed).toBe(false);
  welcomed({ resumed: true });
  expect([before.closed, events('message')]).toEqual([true, []]);
});
