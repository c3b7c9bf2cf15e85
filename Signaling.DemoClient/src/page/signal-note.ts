import type { LinkSignal } from '../signaling/pair-message.ts';
import type { MeshSignal } from '../signaling/mesh-signal.ts';

/** Somebody else in the room, by id and by name. */
export interface Party {
  readonly id: string;
  readonly name: string;
}

/** A signaling message that crossed the relay, as far as a person would know of it. */
export interface SignalNote {
  readonly direction: 'sent' | 'received';
  readonly type: string;
  readonly other: Party;
  /** Of its JSON, in UTF-8. */
  readonly bytes: number;
  readonly details: Readonly<Record<string, string>>;
}

export function noteOf(direction: SignalNote['direction'], other: Party, signal: MeshSignal | LinkSignal): SignalNote {
  return {
    direction, other,
    type: signal.type,
    bytes: new TextEncoder().encode(JSON.stringify(signal)).length,
    details: detailsOf(signal),
  };
}

function detailsOf(signal: MeshSignal | LinkSignal): SignalNote['details'] {
  switch (signal.type) {
    case 'offer':
    case 'answer': return { carries: carried(signal.sdp) };
    case 'candidate': return candidate(signal.candidate.candidate ?? '');
    default: return {};
  }
}

/** What the description is about, one word for each of its sections. */
function carried(sdp: string): string {
  const sections = [...sdp.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind === 'application' ? 'data channels' : kind);
  return [...new Set(sections)].join(', ') || 'nothing';
}

/** `candidate:1 1 udp 2113937151 192.0.2.1 54400 typ host …` (RFC 8839, 5.1). */
function candidate(line: string): SignalNote['details'] {
  const [, , protocol, , address, port, , type] = line.split(' ');
  if (!protocol || !address || !port || !type) return {};
  return { candidate: type, protocol: protocol.toUpperCase(), address: `${address.includes(':') ? `[${address}]` : address}:${port}` };
}
