import type { Lane, SequenceEvent } from './sequence-event.ts';

/** The label on an arrow. */
export function label({ kind, state, bytes, reason, details, folded }: SequenceEvent): string {
  if (folded) return `${folded.length} candidates · ${size(bytes ?? 0)}`;
  switch (kind) {
    case 'join': return 'joins';
    case 'leave': return reason ? `leaves: ${reason}` : 'leaves';
    case 'note': return reason ?? 'note';
    case 'direct': return reason ?? 'direct from here on';
  }
  const candidate = details?.['candidate'];
  if (kind === 'candidate' && reason && !state) return reason;
  return [candidate ? `${kind} (${candidate})` : kind, bytes ? size(bytes) : ''].filter(Boolean).join(' · ');
}

/** The whole event in a sentence, for who does not see the arrow. */
export function sentence(event: SequenceEvent, name: (id: string) => string, start: number): string {
  const isMessage = !['join', 'leave', 'note'].includes(event.kind);
  return [
    `${since(event.at, start)} ${label(event)}`,
    isMessage ? `${isBothWays(event) ? 'between' : 'from'} ${name(event.from)} ${isBothWays(event) ? 'and' : 'to'} ${event.to === null ? 'everybody' : name(event.to)}` : name(event.from),
    event.folded ? 'pick it to see each' : '',
    event.state === 'refused' ? `refused${event.reason ? `: ${event.reason}` : ''}` : event.state === 'queued' ? 'waits' : '',
  ].filter(Boolean).join(', ');
}

/** Whether a line stands for messages of both sides. */
export function isBothWays({ from, folded }: SequenceEvent): boolean {
  return folded?.some(one => one.from !== from) ?? false;
}

/** Seconds since the first event. */
export function since(at: number, start: number): string {
  return `${((at - start) / 1000).toFixed(3)} s`;
}

export function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

export function naming(lanes: readonly Lane[]): (id: string) => string {
  const names = new Map(lanes.map(({ id, name }) => [id, name]));
  return id => names.get(id) ?? id;
}
