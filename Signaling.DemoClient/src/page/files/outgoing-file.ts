import { Emitter } from '../../signaling/emitter.ts';
import { randomName } from '../../signaling/random-name.ts';
import { Digest, type DigestEnds } from './digest.ts';
import type { FileMessage } from './file-message.ts';
import { isOver, type Transfer, type TransferPhase } from './transfer.ts';

/** Read at once; and sent at once: every browser takes 64 KB. */
const readBytes = 1024 * 1024;
const pieceBytes = 64 * 1024;

/** Unsent in the channel at most, and when to go on. */
const mostBuffered = 1024 * 1024;
export const lowBuffered = 256 * 1024;

/** Sent and not yet dealt with by the other side at most. */
const mostAhead = 8 * 1024 * 1024;

type Channel = Pick<RTCDataChannel, 'send' | 'bufferedAmount' | 'readyState'>;

/** A file on its way out: no more of it is in memory than the other side is about to take. */
export class OutgoingFile extends Emitter<{ change: undefined }> implements Transfer {
  readonly direction = 'out';
  readonly id = randomName();
  readonly blob = undefined;
  readonly #file: File;
  readonly #channel: Channel;
  readonly #digest: Pick<Digest, 'add' | 'end' | 'close'>;
  phase: TransferPhase = 'queued';
  bytes = 0;
  ownSum: string | undefined;
  theirSum: string | undefined;
  #sent = 0;
  #began = 0;
  #ended = 0;
  #wake = () => {};

  constructor(file: File, channel: Channel, digest = (ends: DigestEnds): Pick<Digest, 'add' | 'end' | 'close'> => new Digest(false, ends)) {
    super();
    this.#file = file;
    this.#channel = channel;
    this.#digest = digest({
      progress: () => undefined,
      done: sha256 => {
        this.ownSum = sha256;
        this.#say({ type: 'end', id: this.id, sha256 });
        this.#compare();
      },
    });
  }

  get name(): string { return this.#file.name; }
  get size(): number { return this.#file.size; }
  get tookMs(): number { return this.#began && (this.#ended || performance.now()) - this.#began; }

  offer(): void {
    this.#enter('offered');
    this.#say({ type: 'offer', id: this.id, name: this.name, size: this.size });
  }

  receive(message: FileMessage): void {
    if (isOver(this)) return;
    switch (message.type) {
      case 'take': return this.phase === 'offered' ? void this.#send() : undefined;
      case 'refuse': return this.#end('refused');
      case 'stop': return this.#end('stopped');
      case 'got': return this.#got(message.bytes);
      case 'checked': return this.#checked(message.sha256);
    }
  }

  /** The channel has room again. */
  drained(): void {
    this.#wake();
  }

  stop(): void {
    if (isOver(this)) return;
    if (this.phase !== 'queued') this.#say({ type: 'stop', id: this.id });
    this.#end('stopped');
  }

  broke(): void {
    if (!isOver(this)) this.#end('broken');
  }

  async #send(): Promise<void> {
    this.#began = performance.now();
    this.#enter('moving');
    try {
      for (let at = 0; at < this.size && this.phase === 'moving'; at += readBytes) {
        const part = await this.#file.slice(at, at + readBytes).arrayBuffer();
        await this.#sendPart(part);
        this.#digest.add(part);
      }
      if (this.phase === 'moving') this.#digest.end();
    } catch {
      // The file has changed or is gone since it was chosen, or the channel is.
      if (this.#channel.readyState === 'open') this.#say({ type: 'stop', id: this.id });
      this.broke();
    }
  }

  async #sendPart(part: ArrayBuffer): Promise<void> {
    for (let at = 0; at < part.byteLength; at += pieceBytes) {
      while (this.phase === 'moving' && (this.#channel.bufferedAmount > mostBuffered || this.#sent - this.bytes > mostAhead))
        await new Promise<void>(resolve => { this.#wake = resolve; });
      if (this.phase !== 'moving') return;
      const piece = new Uint8Array(part, at, Math.min(pieceBytes, part.byteLength - at));
      this.#channel.send(piece);
      this.#sent += piece.length;
    }
  }

  #got(bytes: number): void {
    if (bytes > this.#sent) return;
    this.bytes = bytes;
    if (bytes === this.size) this.#enter('checking');
    else this.emit('change', undefined);
    this.#wake();
  }

  #checked(sha256: string): void {
    this.theirSum = sha256;
    this.#compare();
  }

  #compare(): void {
    if (this.ownSum !== undefined && this.theirSum !== undefined) this.#end(this.ownSum === this.theirSum ? 'done' : 'damaged');
  }

  #end(phase: TransferPhase): void {
    this.#ended = performance.now();
    this.#digest.close();
    this.#enter(phase);
    this.#wake();
  }

  #enter(phase: TransferPhase): void {
    this.phase = phase;
    this.emit('change', undefined);
  }

  #say(message: FileMessage): void {
    if (this.#channel.readyState === 'open') this.#channel.send(JSON.stringify(message));
  }
}
