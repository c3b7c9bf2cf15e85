import { expect, test } from 'vitest';
import { pageInRoom, readAddress } from '../src/page/address.ts';

const read = (page: string, configured = '') => readAddress(new URL(page), configured);
const urlOf = (page: string, configured = '') => {
  const address = read(page, configured);
  return 'url' in address ? address.url : address.mistake;
};

test('with nothing said, the room is demo and the relay is behind the page', () => {
  expect(read('http://localhost:5173/')).toEqual({ room: 'demo', url: 'ws://localhost:5173/signal/room/demo' });
});

test('a secure page asks for a secure relay', () => {
  expect(urlOf('https://demo.example/app/?room=a.b~c-d_e')).toBe('wss://demo.example/signal/room/a.b~c-d_e');
});

test('?signal= comes before the meta tag, and that before the page', () => {
  expect(urlOf('http://page/?signal=ws://one:8080', 'ws://two')).toBe('ws://one:8080/room/demo');
  expect(urlOf('http://page/', ' https://two/behind/ ')).toBe('wss://two/behind/room/demo');
});

test.each(['localhost:8080', 'ftp://host', 'javascript:alert(1)', 'relay', 'ws://'])('%s is no relay, and the person is told', signal => {
  const address = read(`http://page/?signal=${encodeURIComponent(signal)}`);
  expect(address).toMatchObject({ mistake: expect.stringContaining(signal) });
});

test.each(['a/b', '.', '..', 'ä', 'a b', 'x'.repeat(129)])('%s is no room name, and the person is told', room => {
  expect(read(`http://page/?room=${encodeURIComponent(room)}`)).toHaveProperty('mistake');
});

test('a name of 128 characters is one', () => {
  expect(read(`http://page/?room=${'x'.repeat(128)}`)).toHaveProperty('url');
});

test('the way to another room keeps the relay', () => {
  expect(pageInRoom(new URL('http://page/?signal=ws://one&room=a#top'), 'b')).toBe('http://page/?signal=ws%3A%2F%2Fone&room=b');
});
