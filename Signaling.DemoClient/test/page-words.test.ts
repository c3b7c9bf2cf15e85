import { expect, test } from 'vitest';
import { cameraTrouble } from '../src/page/camera/camera-words.ts';
import { plotPath, scaleFor } from '../src/page/direct/plot.ts';
import { answers } from '../src/page/knock.ts';
import { selectedRoute } from '../src/page/direct/route.ts';
import { noteOf } from '../src/page/signal-note.ts';
import { msWords, sizeWords } from '../src/page/words.ts';

const other = { id: 'b', name: 'bob' };

test('sizes and times are short', () => {
  expect([0, 999, 1_000, 1_234, 99_950, 100_000_000, 4_000_000_000].map(sizeWords)).toEqual(['0 B', '999 B', '1 KB', '1.2 KB', '100 KB', '100 MB', '4 GB']);
  expect([0.84, 12.3].map(msWords)).toEqual(['0.8 ms', '12 ms']);
});

test('a candidate is told by what it is, a description by what it carries', () => {
  const line = 'candidate:1 1 udp 2113937151 192.0.2.1 54400 typ host generation 0';
  expect(noteOf('sent', other, { type: 'candidate', session: 's', candidate: { candidate: line } }).details).toEqual({ candidate: 'host', protocol: 'UDP', address: '192.0.2.1:54400' });
  const sdp = 'v=0\r\nm=application 9 UDP\r\nm=video 9 UDP\r\nm=video 9 UDP\r\n';
  expect(noteOf('sent', other, { type: 'offer', session: 's', sdp }).details).toEqual({ carries: 'data channels, video' });
  expect(noteOf('sent', other, { type: 'candidate', session: 's', candidate: { candidate: 'nonsense' } }).details).toEqual({});
});

test('the selected pair is found as Chromium and as older Firefox tell it', () => {
  const ends = [
    ['l', { type: 'local-candidate', candidateType: 'host', address: '::1', port: 1, protocol: 'udp' }],
    ['r', { type: 'remote-candidate', candidateType: 'relay', address: '192.0.2.1', port: 2 }],
  ] as const;
  const pair = { type: 'candidate-pair', localCandidateId: 'l', remoteCandidateId: 'r' };
  const expected = { local: { type: 'host', address: '[::1]:1' }, remote: { type: 'relay', address: '192.0.2.1:2' }, protocol: 'UDP' };
  expect(selectedRoute(new Map<string, Record<string, unknown>>([['t', { type: 'transport', selectedCandidatePairId: 'p' }], ['p', pair], ...ends]))).toEqual(expected);
  expect(selectedRoute(new Map<string, Record<string, unknown>>([['p', { ...pair, selected: true }], ...ends]))).toEqual(expected);
  expect(selectedRoute(new Map<string, Record<string, unknown>>([['p', pair], ...ends]))).toBeUndefined();
});

test('the plot ends at the right edge, and its scale is not ruled by one outlier', () => {
  expect(plotPath([1, 2], 2)).toMatch(/ 240\.0 |L240\.0 /);
  expect(scaleFor([0.5, 0.6])).toBe(1);
  expect(scaleFor([...Array<number>(40).fill(3), 900])).toBe(5);
});

test('a refused camera is told from a missing one', () => {
  expect(cameraTrouble(new DOMException('', 'NotAllowedError'))).toContain('refused');
  expect(cameraTrouble(new DOMException('', 'NotFoundError'))).toContain('No camera');
  expect(cameraTrouble(new DOMException('', 'SecurityError'))).toContain('https');
});

test('an answer of another host, whatever it says, is one; on the own host only that of a relay', async () => {
  const asked: string[] = [];
  const answer = (type: string, status: number) => answers('wss://relay.example.org/room/demo', url => {
    asked.push(String(url));
    return Promise.resolve({ type, status } as Response);
  });
  expect(await answer('opaque', 0)).toBe(true);
  expect(await answer('basic', 426)).toBe(true);
  expect(await answer('basic', 502)).toBe(false);
  expect(asked[0]).toBe('https://relay.example.org/room/demo');
  expect(await answers('ws://localhost:1/room/demo', () => Promise.reject(new TypeError('failed to fetch')))).toBe(false);
});
