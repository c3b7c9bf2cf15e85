/** A message on its way, as text, with what an error about it needs. */
export interface OutgoingMessage {
  readonly text: string;
  readonly ref: string;
  readonly to: string | undefined;
}

/** As many as the relay keeps for a peer that is away, and as large. */
export interface QueueLimits {
  readonly messages: number;
  readonly bytes: number;
}

export const defaultQueueLimits: QueueLimits = { messages: 256, bytes: 262_144 };

/** Messages that wait for a connection, in order, bounded. */
export class WaitingMessages {
  readonly #limits: QueueLimits;
  #messages: OutgoingMessage[] = [];
  #bytes = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** False when it is full, and the message is not taken: those before it were promised first. */
  add(message: OutgoingMessage): boolean {
    const bytes = byteLength(message.text);
    if (this.#messages.length >= this.#limits.messages || this.#bytes + bytes > this.#limits.bytes) return false;
    this.#messages.push(message);
    this.#bytes += bytes;
    return true;
  }

  takeAll(): OutgoingMessage[] {
    const messages = this.#messages;
    this.#messages = [];
    this.#bytes = 0;
    return messages;
  }
}

const encoder = new TextEncoder();

/** As UTF-8, which is how it is sent. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
