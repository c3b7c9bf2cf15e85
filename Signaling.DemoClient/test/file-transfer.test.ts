import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { DigestEnds } from '../src/page/files/digest.ts';
import { type FileMessage, largestFile, readFileMessage } from '../src/page/files/file-message.ts';
import { IncomingFile } from '../src/page/files/incoming-file.ts';
import { OutgoingFile } from '../src/page/files/outgoing-file.ts';

/** A digest without a worker; it deals with what came when the test says so. */
class Digest {
  readonly #ends: DigestEnds;
  readonly #pieces: ArrayBuffer[] = [];
  #dealt = 0;
  #ended = false;

  constructor(ends: DigestEnds) {
    this.#ends = ends;
  }

  add(piece: ArrayBuffer): void { this.#pieces.push(piece); }
  end(): void { this.#ended = true; }
  close(): void {}

  work(): void {
    while (this.#dealt < this.#pieces.length) {
      this.#dealt++;
      this.#ends.progress(this.#pieces.slice(0, this.#dealt).reduce((sum, { byteLength }) => sum + byteLength, 0));
    }
    if (!this.#ended) return;
    this.#ended = false;
    const bytes = Buffer.concat(this.#pieces.map(piece => new Uint8Array(piece)));
    this.#ends.done(createHash('sha256').update(bytes).digest('hex'), new Blob([bytes]));
  }
}

/** A sender and a receiver, and a channel between them that the test can clog. */
function pair(size: number, spoil = (piece: Uint8Array) => piece) {
  const digests: Digest[] = [];
  const digest = (ends: DigestEnds) => digests[digests.push(new Digest(ends)) - 1]!;
  let incoming: IncomingFile | undefined;
  const sent: number[] = [];
  const channel = {
    readyState: 'open' as const,
    bufferedAmount: 0,
    send(data: string | ArrayBufferView | ArrayBuffer | Blob) {
      if (typeof data === 'string') {
        const message = readFileMessage(data)!;
        if (message.type === 'offer') incoming = new IncomingFile(message, reply => outgoing.receive(reply), digest);
        else incoming?.receive(message);
      } else {
        const piece = spoil(Uint8Array.from(data as Uint8Array));
        sent.push(piece.length);
        incoming?.piece(piece.buffer as ArrayBuffer);
      }
    },
  };
  const outgoing = new OutgoingFile(new File([new Uint8Array(size).fill(7)], 'a.bin'), channel, digest);
  outgoing.offer();
  return { outgoing, incoming: incoming!, channel, sent: () => sent.reduce((sum, one) => sum + one, 0), work: () => digests.forEach(one => one.work()) };
}

async function until(isSo: () => boolean, meanwhile: () => void): Promise<void> {
  await expect.poll(() => { meanwhile(); return isSo(); }, { timeout: 10_000, interval: 1 }).toBe(true);
}

test.each([0, 1, 65_536, 3_000_000])('a file of %i bytes arrives whole, and both know it', async size => {
  const { outgoing, incoming, work } = pair(size);
  incoming.take();
  await until(() => outgoing.phase === 'done' && incoming.phase === 'done', work);
  expect(incoming.blob?.size).toBe(size);
  expect(outgoing.ownSum).toBe(incoming.ownSum);
});

test('nothing is sent before it is taken, or after it is refused', async () => {
  const { outgoing, incoming, sent } = pair(1000);
  incoming.stop();
  incoming.take();
  await Promise.resolve();
  expect([outgoing.phase, incoming.phase, sent()]).toEqual(['refused', 'refused', 0]);
});

test('a receiver that does not keep up is not overwhelmed', async () => {
  const { outgoing, incoming, sent, work } = pair(30_000_000);
  incoming.take();
  await until(() => sent() > 8_000_000, () => undefined);
  expect(sent()).toBeLessThan(8.2 * 1024 * 1024);
  await until(() => outgoing.phase === 'done', work);
});

test('a channel that is full is left alone until it has room', async () => {
  const { outgoing, incoming, channel, sent, work } = pair(2_000_000);
  channel.bufferedAmount = 2_000_000;
  incoming.take();
  await until(() => outgoing.phase === 'moving', work);
  expect(sent()).toBe(0);
  channel.bufferedAmount = 0;
  await until(() => outgoing.phase === 'done', () => { outgoing.drained(); work(); });
});

test('a byte that changed on the way is noticed on both sides', async () => {
  const { outgoing, incoming, work } = pair(1000, piece => piece.fill(8, 0, 1));
  incoming.take();
  await until(() => outgoing.phase === 'damaged' && incoming.phase === 'damaged', work);
});

test('more than was offered is not taken', () => {
  const said: FileMessage[] = [];
  const incoming = new IncomingFile({ id: 'x', name: 'a', size: 10 }, message => said.push(message), ends => new Digest(ends));
  incoming.take();
  incoming.piece(new ArrayBuffer(11));
  expect(incoming.phase).toBe('stopped');
  expect(said.map(({ type }) => type)).toEqual(['take', 'stop']);
});

test.each([
  '', '[]', '{"type":"offer","id":"a"}', `{"type":"offer","id":"a","name":"b","size":${largestFile + 1}}`, '{"type":"offer","id":"a","name":"b","size":-1}',
  '{"type":"got","id":"a","bytes":"1"}', '{"type":"end","id":"a","sha256":"<b>"}', '{"type":"boo","id":"a"}',
])('%s is no message', text => {
  expect(readFileMessage(text)).toBeUndefined();
});

test('a name has no path and nothing that cannot be seen', () => {
  expect(readFileMessage(JSON.stringify({ type: 'offer', id: 'a', name: '../x/\u202egpj.exe', size: 1 }))).toMatchObject({ name: 'gpj.exe' });
});
