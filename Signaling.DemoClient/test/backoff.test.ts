import { expect, test } from 'vitest';
import { patientBackoff, retryDelay } from '../src/signaling/backoff.ts';

test('the wait doubles up to the longest', () => {
  const waits = [0, 1, 2, 3, 4, 5, 5000].map(attempt => retryDelay(attempt, () => 1));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test('all of it is drawn, so that clients do not return together', () => {
  expect([0, 0.25, 0.5].map(drawn => retryDelay(2, () => drawn))).toEqual([0, 500, 1000]);
});

test('a relay that is full is left alone for a while, whatever is drawn', () => {
  expect([0, 1].map(drawn => retryDelay(0, () => drawn, patientBackoff))).toEqual([5_000, 10_000]);
  expect(retryDelay(50, () => 1, patientBackoff)).toBe(65_000);
});
