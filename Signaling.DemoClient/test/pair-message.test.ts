import { expect, test } from 'vitest';
import { parsePairMessage } from '../src/signaling/pair-message.ts';

const parse = (value: unknown) => parsePairMessage(JSON.stringify(value));

test.each([
  { type: 'hello', from: 'a' },
  { type: 'here', from: 'a' },
  { type: 'here', from: 'a', to: 'b' },
  { type: 'full', from: 'a', to: 'b' },
  { type: 'bye', from: 'a' },
  { type: 'offer', from: 'a', to: 'b', call: 'c', sdp: 'v=0' },
  { type: 'answer', from: 'a', to: 'b', call: 'c', sdp: 'v=0' },
  { type: 'candidate', from: 'a', to: 'b', call: 'c', candidate: { candidate: '' } },
])('$type is a message', message => {
  expect(parse(message)).toEqual(message);
});

test.each([
  [null], [[]], ['hello'], [{}], [{ type: 'hello' }], [{ type: 'hello', from: 1 }], [{ type: 'hello', from: '' }],
  [{ type: 'hello', from: 'x'.repeat(65) }], [{ type: 'full', from: 'a' }], [{ type: 'here', from: 'a', to: 1 }],
  [{ type: 'offer', from: 'a', to: 'b', call: 'c' }], [{ type: 'offer', from: 'a', to: 'b', sdp: 'v=0' }],
  [{ type: 'candidate', from: 'a', to: 'b', call: 'c', candidate: null }], [{ type: 'toString', from: 'a' }],
])('%j is none', value => {
  expect(parse(value)).toBeUndefined();
});

test.each(['', 'hello', '{"type":"hello"', '"'])('the text %j is none', text => {
  expect(parsePairMessage(text)).toBeUndefined();
});
