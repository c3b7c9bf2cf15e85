import { isObject } from './json.ts';

/** What one RTCPeerConnection says to the other: a description, a candidate, or that there are no more of them. */
export type NegotiationSignal =
  | { readonly type: 'offer' | 'answer'; readonly sdp: string }
  | { readonly type: 'candidate'; readonly candidate: RTCIceCandidateInit }
  | { readonly type: 'end-of-candidates' };

/**
 * `session` names the connection that speaks, `of` the one that is spoken to, as far as it is known: what is late from,
 * or for, an earlier connection is known by it. Both are told to nobody but the two.
 */
export type MeshSignal = { readonly session: string; readonly of?: string } & NegotiationSignal;

/** The signal in a message of the room, or undefined: a room may carry other things, too. */
export function readMeshSignal(data: unknown): MeshSignal | undefined {
  if (!isObject(data) || !isName(data['session']) || !(data['of'] === undefined || isName(data['of']))) return undefined;
  switch (data['type']) {
    case 'offer':
    case 'answer': return typeof data['sdp'] === 'string' ? data as unknown as MeshSignal : undefined;
    case 'candidate': return isObject(data['candidate']) ? data as unknown as MeshSignal : undefined;
    case 'end-of-candidates': return data as unknown as MeshSignal;
    default: return undefined;
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 64;
}
