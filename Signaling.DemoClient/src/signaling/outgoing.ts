import { defaultLimits, type Failure, type Limits } from './server-frame.ts';
import type { ReconnectingSocket } from './reconnecting-socket.ts';
import { byteLength, type OutgoingMessage, type QueueLimits, WaitingMessages } from './waiting-messages.ts';

/** More than this unsent in the socket: the network does not keep up, and the message is refused rather than piled up. */
const longestBacklog = 1_048_576;

/** What a client says to its room: sent at once, kept while there is no connection, or given back to the sender. */
export class Outgoing {
  limits: Limits = defaultLimits;
  readonly #socket: Pick<ReconnectingSocket, 'state' | 'buffered' | 'send'>;
  readonly #waiting: WaitingMessages;
  readonly #failed: (failure: Failure) => void;
  #lastRef = 0;

  constructor(socket: Pick<ReconnectingSocket, 'state' | 'buffered' | 'send'>, queue: QueueLimits, failed: (failure: Failure) => void) {
    this.#socket = socket;
    this.#waiting = new WaitingMessages(queue);
    this.#failed = failed;
  }

  /** The `ref` by which it is named, should it fail. */
  say(data: unknown, to: string | undefined): string {
    if (data === undefined) throw new TypeError('undefined is no JSON, and cannot be sent');
    const ref = String(++this.#lastRef);
    const message = { text: JSON.stringify({ to, data, ref }), ref, to };
    const { phase } = this.#socket.state;
    if (byteLength(message.text) > this.limits.maxMessageBytes) {
      this.#fail(message, 'too-large', `The message is longer than ${this.limits.maxMessageBytes} bytes, for which the relay would end the connection.`);
    } else if (phase === 'closed') {
      this.#refuse([message], 'the connection is closed');
    } else if (phase === 'open' ? this.#socket.buffered > longestBacklog : !this.#waiting.add(message)) {
      this.#fail(message, 'queue-full', 'Too much is waiting to be sent already.');
    } else if (phase === 'open') {
      this.#socket.send(message.text);
    }
    return ref;
  }

  /** What waited belongs to the place: on a fresh one, others may be here under other ids, and the sender should decide. */
  arrived(samePlace: boolean): void {
    const waiting = this.#waiting.takeAll();
    if (samePlace) for (const { text } of waiting) this.#socket.send(text);
    else this.#refuse(waiting, 'the connection was lost for too long, and the place in the room is a new one');
  }

  closed(why: string): void {
    this.#refuse(this.#waiting.takeAll(), `the connection is closed: ${why}`);
  }

  #refuse(messages: readonly OutgoingMessage[], why: string): void {
    for (const message of messages) this.#fail(message, 'not-sent', `Not sent: ${why}.`);
  }

  /** Later, as an error of the relay would come: the sender knows the `ref` by then. */
  #fail({ ref, to }: OutgoingMessage, code: string, message: string): void {
    queueMicrotask(() => this.#failed({ code, message, ref, ...(to === undefined ? {} : { to }) }));
  }
}
