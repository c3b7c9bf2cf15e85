export type SequenceKind = 'join' | 'leave' | 'offer' | 'answer' | 'candidate' | 'bye' | 'data' | 'direct' | 'note';

/** One line of the diagram. */
export interface SequenceEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The lane that it comes from. */
  readonly from: string;
  /** The lane that it goes to; null: everybody in the room. */
  readonly to: string | null;
  readonly kind: SequenceKind;
  readonly bytes?: number;
  /** Without one: delivered. */
  readonly state?: 'delivered' | 'queued' | 'refused';
  /** Those that this line stands for. */
  readonly folded?: readonly SequenceEvent[];
  /** Why it was refused or waits, why somebody left; of a note and the like, what it says. */
  readonly reason?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** A participant, as it is labelled. */
export interface Lane {
  readonly id: string;
  readonly name: string;
}
