import { expect, test } from 'vitest';
import { parseServerFrame } from '../src/signaling/server-frame.ts';

const parse = (frame: unknown) => parseServerFrame(JSON.stringify(frame));

test('a welcome with nothing but its id has defaults for the rest', () => {
  expect(parse({ type: 'welcome', v: 1, id: 'a' })).toEqual({
    type: 'welcome', id: 'a', room: '', resume: undefined, resumed: false, gap: false, peers: [], more: false, iceServers: [],
    limits: { maxMessageBytes: 65_536, messagesPerSecond: 50, burst: 300 },
  });
});

test('in a welcome, what is not as it should be is passed over', () => {
  expect(parse({
    type: 'welcome', v: 1, id: 'a', room: 7, resume: {}, resumed: 'yes', gap: 1, peers: [{ id: '' }, 'b', { id: 'c', meta: [] }],
    iceServers: 'stun:x', limits: { maxMessageBytes: '9', burst: 1e999 },
  })).toMatchObject({ room: '', resume: undefined, resumed: false, gap: false, peers: [{ id: 'c', meta: {} }], iceServers: [], limits: { maxMessageBytes: 65_536 } });
});

test.each([
  [''], ['null'], ['[]'], ['"welcome"'], ['{'], ['{"type":"welcome"}'], ['{"type":"welcome","v":2,"id":"a"}'], ['{"type":"welcome","v":1,"id":5}'],
  ['{"type":"toString"}'], ['{"type":"__proto__"}'], ['{"type":null,"from":"a","data":1}'], ['{}'], ['{"data":1}'], ['{"from":"a"}'], ['{"from":{},"data":1}'],
  ['{"from":"a","to":7,"data":1}'], ['{"type":"join"}'], ['{"type":"leave","id":null}'], ['{"type":"meta","meta":{}}'],
  ['{"type":"raw","from":"a"}'], ['{"type":"raw","from":"a","base64":"%"}'], ['{"type":"error"}'],
])('%s is no frame', text => {
  expect(parseServerFrame(text)).toBeUndefined();
});

test.each([[new ArrayBuffer(2)], [undefined], [7]])('%j is no frame', received => {
  expect(parseServerFrame(received)).toBeUndefined();
});

test('"__proto__" in what a peer tells about itself is a property like any other', () => {
  const frame = parseServerFrame('{"type":"join","id":"a","meta":{"__proto__":{"admin":true}}}');
  expect(frame?.type === 'join' && 'admin' in { ...frame.meta }).toBe(false);
});

test('a leave without a reason, or with one that we do not know, is a leave', () => {
  expect([parse({ type: 'leave', id: 'a' }), parse({ type: 'leave', id: 'a', reason: 'bored' })])
    .toEqual([{ type: 'leave', id: 'a', reason: 'closed' }, { type: 'leave', id: 'a', reason: 'bored' }]);
});
