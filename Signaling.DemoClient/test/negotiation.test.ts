import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NegotiationSignal } from '../src/signaling/mesh-signal.ts';
import { Negotiation } from '../src/signaling/negotiation.ts';
import { FakePeerConnection } from './fake-peer-connection.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const settle = () => vi.advanceTimersByTimeAsync(0);
const offer = { type: 'offer', sdp: 'offer of them' } as const;
const answer = { type: 'answer', sdp: 'answer of them' } as const;
const candidate = (name: string) => ({ type: 'candidate', candidate: { candidate: name } }) as const;

function side(polite: boolean, gathersItself = false) {
  const connection = new FakePeerConnection();
  connection.gathersItself = gathersItself;
  const sent: NegotiationSignal['type'][] = [];
  const failures: true[] = [];
  const negotiation = new Negotiation({
    connection: connection as unknown as RTCPeerConnection,
    polite,
    send: signal => sent.push(signal.type),
    failed: () => failures.push(true),
  });
  return { connection, negotiation, sent, failures };
}

test('it offers and takes the answer, candidates and their end', async () => {
  const { connection, negotiation, sent } = side(false, true);
  negotiation.start();
  await settle();
  for (const signal of [answer, candidate('a'), { type: 'end-of-candidates' } as const]) negotiation.receive(signal);
  await settle();
  expect(connection.steps).toEqual(['local offer', 'remote answer', 'candidate a', 'end of candidates']);
  expect(sent).toEqual(['offer', 'candidate', 'end-of-candidates']);
});

test('the side that waits does not offer because it has a channel', async () => {
  const { connection, negotiation, sent } = side(true);
  connection.onnegotiationneeded?.();
  await settle();
  expect(sent).toEqual([]);
  negotiation.receive(offer);
  await settle();
  connection.onnegotiationneeded?.();
  await settle();
  expect(sent).toEqual(['answer', 'offer']);
});

test('candidates that come before the description wait for it', async () => {
  const { connection, negotiation } = side(true);
  for (const signal of [candidate('a'), candidate('nonsense'), candidate('b'), offer, candidate('c')]) negotiation.receive(signal);
  await settle();
  expect(connection.steps).toEqual(['remote offer', 'candidate a', 'candidate b', 'candidate c', 'local answer'].sort((a, b) =>
    connection.steps.indexOf(a) - connection.steps.indexOf(b)));
  expect(connection.steps.indexOf('candidate a')).toBeGreaterThan(connection.steps.indexOf('remote offer'));
});

test('of candidates without a description only so many wait', async () => {
  const { connection, negotiation } = side(true);
  for (let n = 0; n < 1000; n++) negotiation.receive(candidate(`${n}`));
  negotiation.receive(offer);
  await settle();
  expect(connection.steps.filter(step => step.startsWith('candidate'))).toHaveLength(100);
});

test('of two offers that cross, the impolite side passes over the other with its candidates, and repeats its own', async () => {
  const { connection, negotiation, sent } = side(false);
  negotiation.start();
  for (const signal of [offer, candidate('theirs'), answer, candidate('after')]) negotiation.receive(signal);
  await settle();
  expect(connection.steps).toEqual(['local offer', 'remote answer', 'candidate after']);
  // Again, because the polite side cannot give way to what it did not get.
  expect(sent).toEqual(['offer', 'offer']);
});

test('the polite side holds the other until it has a candidate of its own, and gives up its offer then', async () => {
  const { connection, negotiation, sent } = side(true);
  negotiation.start();
  for (const signal of [offer, candidate('theirs')]) negotiation.receive(signal);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(connection.steps).toEqual(['local offer']);
  connection.gather();
  await settle();
  expect(connection.steps).toEqual(['local offer', 'rollback', 'remote offer', 'local answer', 'candidate theirs']);
  expect(sent).toEqual(['offer', 'candidate', 'end-of-candidates', 'answer']);
});

test('a polite side that never has a candidate does not hold it for ever', async () => {
  const { connection, negotiation } = side(true);
  negotiation.start();
  negotiation.receive(offer);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(connection.steps).toEqual(['local offer', 'rollback', 'remote offer', 'local answer']);
});

test('an answer that nothing waits for is passed over', async () => {
  const { connection, negotiation, failures } = side(true);
  negotiation.receive(answer);
  await settle();
  expect([connection.steps, failures]).toEqual([[], []]);
});

test('a description that cannot be used is told, once closed it is not', async () => {
  const { connection, negotiation, failures } = side(true);
  negotiation.receive({ type: 'offer', sdp: 'nonsense' });
  await settle();
  expect(failures).toEqual([true]);
  connection.close();
  negotiation.receive({ type: 'offer', sdp: 'nonsense' });
  connection.gather();
  await settle();
  expect(failures).toEqual([true]);
});
