import { isObject, parseObject } from './json.ts';

/** What goes through `PeerLink`s at both ends; `call` names the attempt, so that what is late from an earlier one is known. */
export type LinkSignal =
  | { readonly type: 'offer' | 'answer'; readonly call: string; readonly sdp: string }
  | { readonly type: 'candidate'; readonly call: string; readonly candidate: RTCIceCandidateInit };

/**
 * The whole convention by which two tabs meet in a raw room, where every message reaches everybody:
 *
 * - `hello`, to all: I have come (or come back); who is free?
 * - `here`, to one or to all: I am free.
 * - `full`, to one: I have somebody already.
 * - `bye`, to one or to all: I give up on you; or, I leave.
 * - `offer`, `answer`, `candidate`, to one: the handshake. Of two tabs, the one with the smaller id offers, always.
 */
export type PairMessage =
  | { readonly type: 'hello'; readonly from: string }
  | { readonly type: 'here' | 'bye'; readonly from: string; readonly to?: string }
  | { readonly type: 'full'; readonly from: string; readonly to: string }
  | ({ readonly from: string; readonly to: string } & LinkSignal);

/** The message in a text from the room, or undefined: a raw room may carry anything, and what is not ours is not for us. */
export function parsePairMessage(text: string): PairMessage | undefined {
  const message = parseObject(text);
  if (!message || !isName(message['from'])) return undefined;
  const to = message['to'];
  switch (message['type']) {
    case 'hello':
      return message as PairMessage;
    case 'here':
    case 'bye':
      return to === undefined || isName(to) ? message as PairMessage : undefined;
    case 'full':
      return isName(to) ? message as PairMessage : undefined;
    case 'offer':
    case 'answer':
      return isName(to) && isName(message['call']) && typeof message['sdp'] === 'string' ? message as PairMessage : undefined;
    case 'candidate':
      return isName(to) && isName(message['call']) && isObject(message['candidate']) ? message as PairMessage : undefined;
    default:
      return undefined;
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 64;
}
