import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Sha256 } from '../src/page/files/sha256.ts';

const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function made(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1_000, 100_003])('the sum of %i bytes is what Node says', length => {
  expect(new Sha256().update(made(length)).finish()).toBe(expected(made(length)));
});

test.each([1, 7, 63, 64, 65, 1_000])('it makes no difference that they came in pieces of %i', size => {
  const whole = made(5_000);
  const sum = new Sha256();
  for (let at = 0; at < whole.length; at += size) sum.update(whole.subarray(at, at + size));
  expect(sum.finish()).toBe(expected(whole));
});

test('the length is counted beyond 32 bits', () => {
  const piece = new Uint8Array(64 * 1024 * 1024);
  const sum = new Sha256();
  const theirs = createHash('sha256');
  for (let count = 0; count < 9; count++) {
    sum.update(piece);
    theirs.update(piece);
  }
  expect(sum.finish()).toBe(theirs.digest('hex'));
}, 120_000);
