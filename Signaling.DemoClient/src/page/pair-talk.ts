import { Emitter } from '../signaling/emitter.ts';
import { RawPair } from '../signaling/raw-pair.ts';
import type { RawSignalingClient } from '../signaling/raw-signaling-client.ts';
import { noteOf } from './signal-note.ts';
import type { Talk, TalkChange, TalkEvents } from './talk.ts';

const other = { id: 'other', name: 'Other tab' };

/** Two tabs in a raw room, and no third. */
export class PairTalk extends Emitter<TalkEvents> implements Talk {
  readonly others = [];
  readonly #pair: RawPair;
  #change: TalkChange = { state: 'waiting' };

  constructor(client: RawSignalingClient) {
    super();
    this.#pair = new RawPair(client);
    this.#pair.on('state', change => this.#changed(change));
    this.#pair.on('signal', ({ direction, signal }) => this.emit('signal', noteOf(direction, other, signal)));
    this.#pair.on('message', text => this.emit('message', { who: other.name, text }));
  }

  get change(): TalkChange {
    return this.#change;
  }

  send(text: string): boolean {
    return this.#pair.send(text);
  }

  /** Says bye: in raw mode nobody else does. */
  leave(): void {
    this.#pair.leave();
  }

  #changed(change: TalkChange): void {
    const talked = this.#change.state === 'connected';
    this.#change = change;
    this.emit('state', change);
    if (!talked && change.state === 'connected') this.emit('came', other);
    if (talked && change.state !== 'connected') this.emit('went', other);
  }
}
