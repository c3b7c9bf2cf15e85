import { isObject, type JsonObject, parseObject } from './json.ts';

/** What a peer tells about itself; `{}` when it tells nothing. */
export type Meta = JsonObject;

export interface RosterEntry {
  readonly id: string;
  readonly meta: Meta;
}

export interface Departure {
  readonly id: string;
  /** `closed`, `timeout`, `slow`, `limit` or `drain`; a newer relay may have others. */
  readonly reason: string;
}

export interface Limits {
  readonly maxMessageBytes: number;
  readonly messagesPerSecond: number;
  readonly burst: number;
}

export interface Welcome {
  readonly type: 'welcome';
  readonly id: string;
  readonly room: string;
  /** The secret by which the next connection takes this place over. */
  readonly resume: string | undefined;
  readonly resumed: boolean;
  readonly gap: boolean;
  readonly peers: readonly RosterEntry[];
  /** The rest of the roster follows in `presence` frames. */
  readonly more: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly limits: Limits;
}

export interface PeerMessage {
  readonly from: string;
  /** This client's id when the message was for it alone. */
  readonly to?: string;
  readonly data: unknown;
}

/** What a raw member of the room said; it has no place in the roster, and cannot be answered alone. */
export interface RawMessage {
  readonly from: string;
  readonly data: string | Uint8Array<ArrayBuffer>;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  /** Which of the messages sent it is about. */
  readonly ref?: string;
  readonly to?: string;
}

/** Every frame of the relay (PROTOCOL.md, "Server to client"). */
export type ServerFrame =
  | Welcome
  | ({ readonly type: 'join' | 'meta' } & RosterEntry)
  | ({ readonly type: 'leave' } & Departure)
  | { readonly type: 'presence'; readonly joined: readonly RosterEntry[]; readonly left: readonly Departure[] }
  | ({ readonly type: 'message' } & PeerMessage)
  | ({ readonly type: 'raw' } & RawMessage)
  | ({ readonly type: 'error' } & Failure)
  | { readonly type: 'ice'; readonly iceServers: readonly RTCIceServer[] }
  | { readonly type: 'gap' }
  | { readonly type: 'goaway'; readonly afterMs: number };

/** Limits that a welcome does not name; the relay's defaults. */
export const defaultLimits: Limits = { maxMessageBytes: 65_536, messagesPerSecond: 50, burst: 300 };

/** The longest `afterMs` believed: a slip must not keep a client away for days. */
const longestAway = 60_000;

/** The frame in what came over the socket; undefined for what is none, or of a kind that a newer relay may have. */
export function parseServerFrame(received: unknown): ServerFrame | undefined {
  const frame = typeof received === 'string' ? parseObject(received) : undefined;
  if (!frame) return undefined;
  switch (frame['type']) {
    case undefined: return message(frame);
    case 'welcome': return welcome(frame);
    case 'join':
    case 'meta': return withType(frame['type'], entry(frame));
    case 'leave': return withType('leave', departure(frame));
    case 'presence': return { type: 'presence', joined: every(frame['joined'], entry), left: every(frame['left'], departure) };
    case 'raw': return raw(frame);
    case 'error': return failure(frame);
    case 'ice': return { type: 'ice', iceServers: every(frame['iceServers'], iceServer) };
    case 'gap': return { type: 'gap' };
    case 'goaway': return { type: 'goaway', afterMs: Math.min(longestAway, Math.max(0, number(frame['afterMs'], 0))) };
    default: return undefined;
  }
}

function welcome(frame: JsonObject): Welcome | undefined {
  const { v, id, room, resume, limits } = frame;
  if (v !== 1 || !isId(id)) return undefined;
  const given = isObject(limits) ? limits : {};
  const limit = (name: keyof Limits) => number(given[name], defaultLimits[name]);
  return {
    type: 'welcome',
    id,
    room: typeof room === 'string' ? room : '',
    resume: typeof resume === 'string' ? resume : undefined,
    resumed: frame['resumed'] === true,
    gap: frame['gap'] === true,
    more: frame['more'] === true,
    peers: every(frame['peers'], entry),
    iceServers: every(frame['iceServers'], iceServer),
    limits: { maxMessageBytes: limit('maxMessageBytes'), messagesPerSecond: limit('messagesPerSecond'), burst: limit('burst') },
  };
}

function message(frame: JsonObject): ServerFrame | undefined {
  const { from, to, data } = frame;
  if (!isId(from) || !('data' in frame)) return undefined;
  if (to === undefined) return { type: 'message', from, data };
  return isId(to) ? { type: 'message', from, to, data } : undefined;
}

function raw({ from, data, base64 }: JsonObject): ServerFrame | undefined {
  if (!isId(from)) return undefined;
  if (typeof data === 'string') return { type: 'raw', from, data };
  const bytes = typeof base64 === 'string' ? decodeBase64(base64) : undefined;
  return bytes && { type: 'raw', from, data: bytes };
}

function failure({ code, message, ref, to }: JsonObject): ServerFrame | undefined {
  if (typeof code !== 'string') return undefined;
  return {
    type: 'error',
    code,
    message: typeof message === 'string' ? message : code,
    ...(typeof ref === 'string' ? { ref } : {}),
    ...(typeof to === 'string' ? { to } : {}),
  };
}

function entry(value: unknown): RosterEntry | undefined {
  if (!isObject(value) || !isId(value['id'])) return undefined;
  return { id: value['id'], meta: isObject(value['meta']) ? value['meta'] : {} };
}

function departure(value: unknown): Departure | undefined {
  if (!isObject(value) || !isId(value['id'])) return undefined;
  return { id: value['id'], reason: typeof value['reason'] === 'string' ? value['reason'] : 'closed' };
}

/** RTCPeerConnection throws at a server that it cannot read, so what is none is passed over. */
function iceServer(value: unknown): RTCIceServer | undefined {
  if (!isObject(value)) return undefined;
  const { urls, username, credential } = value;
  if (typeof urls !== 'string' && !(Array.isArray(urls) && urls.every(url => typeof url === 'string'))) return undefined;
  return {
    urls,
    ...(typeof username === 'string' ? { username } : {}),
    ...(typeof credential === 'string' ? { credential } : {}),
  };
}

function every<T>(values: unknown, read: (value: unknown) => T | undefined): T[] {
  return Array.isArray(values) ? values.map(read).filter(value => value !== undefined) : [];
}

function withType<Type extends string, T extends object>(type: Type, value: T | undefined): ({ readonly type: Type } & T) | undefined {
  return value && { type, ...value };
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
