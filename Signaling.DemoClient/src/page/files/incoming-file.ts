import { Emitter } from '../../signaling/emitter.ts';
import { Digest, type DigestEnds } from './digest.ts';
import type { FileMessage, FileOffer } from './file-message.ts';
import { isOver, type Transfer, type TransferPhase } from './transfer.ts';

/** How often the sender hears how far we are. */
const tellEvery = 1024 * 1024;

/** A file on its way in: each piece goes to the worker at once. */
export class IncomingFile extends Emitter<{ change: undefined }> implements Transfer {
  readonly direction = 'in';
  readonly #offer: FileOffer;
  readonly #say: (message: FileMessage) => void;
  readonly #makeDigest: (ends: DigestEnds) => Pick<Digest, 'add' | 'end' | 'close'>;
  #digest: Pick<Digest, 'add' | 'end' | 'close'> | undefined;
  phase: TransferPhase = 'offered';
  bytes = 0;
  ownSum: string | undefined;
  theirSum: string | undefined;
  blob: Blob | undefined;
  #arrived = 0;
  #told = 0;
  #began = 0;
  #ended = 0;

  constructor(offer: FileOffer, say: (message: FileMessage) => void, digest = (ends: DigestEnds): Pick<Digest, 'add' | 'end' | 'close'> => new Digest(true, ends)) {
    super();
    this.#offer = offer;
    this.#say = say;
    this.#makeDigest = digest;
  }

  get id(): string { return this.#offer.id; }
  get name(): string { return this.#offer.name; }
  get size(): number { return this.#offer.size; }
  get tookMs(): number { return this.#began && (this.#ended || performance.now()) - this.#began; }

  take(): void {
    if (this.phase !== 'offered') return;
    this.#digest = this.#makeDigest({ progress: bytes => this.#dealtWith(bytes), done: (sha256, blob) => this.#summed(sha256, blob) });
    this.#began = performance.now();
    this.#enter('moving');
    this.#say({ type: 'take', id: this.id });
    if (this.size === 0) this.#dealtWith(0);
  }

  /** Refuses what was offered, and ends what has begun. */
  stop(): void {
    if (isOver(this)) return;
    this.#say({ type: this.phase === 'offered' ? 'refuse' : 'stop', id: this.id });
    this.#end(this.phase === 'offered' ? 'refused' : 'stopped');
  }

  broke(): void {
    if (!isOver(this)) this.#end('broken');
  }

  piece(piece: ArrayBuffer): void {
    if (this.phase !== 'moving') return;
    this.#arrived += piece.byteLength;
    if (this.#arrived > this.size) return this.stop();
    this.#digest?.add(piece);
    if (this.#arrived === this.size) this.#digest?.end();
  }

  receive(message: FileMessage): void {
    if (isOver(this)) return;
    if (message.type === 'stop') this.#end('stopped');
    if (message.type !== 'end') return;
    this.theirSum = message.sha256;
    if (this.size === 0) this.#digest?.end();
    this.#compare();
  }

  #dealtWith(bytes: number): void {
    if (isOver(this)) return;
    this.bytes = bytes;
    if (bytes === this.size) this.#enter('checking');
    if (bytes < this.size && bytes - this.#told < tellEvery) return;
    this.#told = bytes;
    this.#say({ type: 'got', id: this.id, bytes });
    this.emit('change', undefined);
  }

  #summed(sha256: string, blob: Blob): void {
    if (isOver(this)) return;
    this.ownSum = sha256;
    this.blob = blob;
    this.#say({ type: 'checked', id: this.id, sha256 });
    this.#compare();
  }

  #compare(): void {
    if (this.ownSum !== undefined && this.theirSum !== undefined) this.#end(this.ownSum === this.theirSum ? 'done' : 'damaged');
  }

  #end(phase: TransferPhase): void {
    this.#ended = performance.now();
    this.#digest?.close();
    this.#enter(phase);
  }

  #enter(phase: TransferPhase): void {
    this.phase = phase;
    this.emit('change', undefined);
  }
}
