import type { SequenceEvent } from './sequence-event.ts';

/** Fewer candidates than this are shown one by one. */
const fewest = 3;

/** Puts candidates that two peers send each other without anything between them into one line, which stands for all of them. */
export class Folding {
  readonly #open = new WeakSet<SequenceEvent>();
  readonly #made = new WeakMap<SequenceEvent, SequenceEvent>();

  /** From now on the candidates of this line are shown one by one. */
  unfold({ folded = [] }: SequenceEvent): void {
    for (const event of folded) this.#open.add(event);
  }

  /** What is to be shown of `events`; a line that stands for the same ones as before is the same object. */
  of(events: readonly SequenceEvent[]): SequenceEvent[] {
    const shown: SequenceEvent[] = [];
    let run: SequenceEvent[] = [];
    const end = () => {
      const first = run[0];
      if (first && run.length >= fewest && !this.#open.has(first)) shown.push(this.#line(first, run));
      else shown.push(...run);
      run = [];
    };
    for (const event of events) {
      if (!goesOn(run[0], event)) end();
      if (event.kind === 'candidate') run.push(event);
      else shown.push(event);
    }
    end();
    return shown;
  }

  #line(first: SequenceEvent, folded: readonly SequenceEvent[]): SequenceEvent {
    const before = this.#made.get(first);
    if (before?.folded?.length === folded.length) return before;
    const { at, from, to, kind } = first;
    const line = { at, from, to, kind, bytes: folded.reduce((sum, { bytes = 0 }) => sum + bytes, 0), folded };
    this.#made.set(first, line);
    return line;
  }
}

function goesOn(first: SequenceEvent | undefined, { kind, from, to, state }: SequenceEvent): boolean {
  if (!first || kind !== 'candidate' || state !== first.state || to === null) return false;
  return (from === first.from && to === first.to) || (from === first.to && to === first.from);
}
