import { isObject, parseObject } from '../../signaling/json.ts';

/** A file that somebody would like to send. */
export interface FileOffer {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/**
 * What the two sides of a transfer tell each other; between `take` and `end` the pieces go as binary messages, in order.
 * One file goes in each direction at a time.
 *
 * - `offer`, `take`, `refuse`: may it be sent?
 * - `got`: so many bytes are dealt with; the sender is never far ahead of it.
 * - `end`: that was all, and this is its SHA-256 as it was read.
 * - `checked`: this is its SHA-256 as it arrived.
 * - `stop`: one of the two has given up.
 */
export type FileMessage =
  | { readonly type: 'offer' } & FileOffer
  | { readonly type: 'take' | 'refuse' | 'stop'; readonly id: string }
  | { readonly type: 'got'; readonly id: string; readonly bytes: number }
  | { readonly type: 'end' | 'checked'; readonly id: string; readonly sha256: string };

/** 4 GB: more than a browser should be asked to keep. */
export const largestFile = 4_000_000_000;
const longestName = 200;

export function readFileMessage(text: string): FileMessage | undefined {
  const message = parseObject(text);
  if (!isObject(message) || typeof message['id'] !== 'string' || message['id'].length > 64) return undefined;
  const { id, type, name, size, bytes, sha256 } = message;
  switch (type) {
    case 'offer':
      return typeof name === 'string' && isCount(size) && size <= largestFile ? { type, id, name: plainName(name), size } : undefined;
    case 'take':
    case 'refuse':
    case 'stop': return { type, id };
    case 'got': return isCount(bytes) ? { type, id, bytes } : undefined;
    case 'end':
    case 'checked': return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) ? { type, id, sha256 } : undefined;
    default: return undefined;
  }
}

/** No path, nothing that turns the line around, and not too long. */
function plainName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '').replace(/^.*[/\\]/, '').trim().slice(0, longestName) || 'file';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
