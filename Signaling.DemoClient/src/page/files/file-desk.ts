import { Emitter } from '../../signaling/emitter.ts';
import { readFileMessage } from './file-message.ts';
import { IncomingFile } from './incoming-file.ts';
import { lowBuffered, OutgoingFile } from './outgoing-file.ts';
import { isOver, type Transfer } from './transfer.ts';

/** Files to wait for their turn at most. */
const longestQueue = 20;

/** Files to and from one other, by a channel of their own: one at a time each way. */
export class FileDesk extends Emitter<{ transfer: Transfer }> {
  readonly #channel: RTCDataChannel;
  #out: OutgoingFile[] = [];
  #in: IncomingFile | undefined;

  constructor(channel: RTCDataChannel) {
    super();
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = lowBuffered;
    channel.onbufferedamountlow = () => this.#out[0]?.drained();
    channel.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => typeof data === 'string' ? this.#told(data) : this.#in?.piece(data);
    channel.onclose = () => this.close();
  }

  /** False when too many wait already. */
  send(file: File): boolean {
    if (this.#out.length >= longestQueue) return false;
    const outgoing = new OutgoingFile(file, this.#channel);
    this.#out.push(outgoing);
    outgoing.on('change', () => { if (isOver(outgoing)) this.#next(outgoing); });
    this.emit('transfer', outgoing);
    if (this.#out.length === 1) outgoing.offer();
    return true;
  }

  close(): void {
    for (const outgoing of this.#out.splice(0)) outgoing.broke();
    this.#in?.broke();
  }

  #next(over: OutgoingFile): void {
    const wasFirst = this.#out[0] === over;
    this.#out = this.#out.filter(one => one !== over);
    if (wasFirst) this.#out[0]?.offer();
  }

  #told(text: string): void {
    const message = readFileMessage(text);
    if (!message) return;
    if (message.type === 'offer') {
      // One that has begun is not over for the other side: it has lost count.
      if (this.#in && !isOver(this.#in)) this.#in.stop();
      this.#in = new IncomingFile(message, reply => { if (this.#channel.readyState === 'open') this.#channel.send(JSON.stringify(reply)); });
      this.emit('transfer', this.#in);
    } else {
      this.#out.find(({ id }) => id === message.id)?.receive(message);
      if (this.#in?.id === message.id) this.#in.receive(message);
    }
  }
}
