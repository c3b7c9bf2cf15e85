import { expect, test } from 'vitest';
import { retryDelay } from '../src/signaling/backoff.ts';

test('the wait doubles up to the longest', () => {
  const waits = [0, 1, 2, 3, 4, 5, 50].map(attempt => retryDelay(attempt, () => 1));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test('half of the wait is drawn, so that clients do not return together', () => {
  expect(retryDelay(2, () => 0)).toBe(1000);
  expect(retryDelay(2, () => 0.5)).toBe(1500);
});
