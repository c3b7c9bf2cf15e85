import { Sha256 } from './sha256.ts';

/** To the worker: to keep all that comes, the next piece (given away, not copied), or that there are no more. */
export type ToDigest = { readonly keep: true } | { readonly piece: ArrayBuffer } | { readonly end: true };

/** From the worker: how far it is, and the outcome. */
export type FromDigest = { readonly bytes: number } | { readonly sha256: string; readonly blob: Blob };

/** The worker's own scope, as far as it is used; the page's types know no workers. */
interface Scope {
  onmessage: ((event: { readonly data: ToDigest }) => void) | null;
  postMessage(message: FromDigest): void;
}

const scope = globalThis as unknown as Scope;
const partBytes = 8 * 1024 * 1024;

const sum = new Sha256();
const parts: Blob[] = [];
let pieces: ArrayBuffer[] = [];
let keeps = false;
let pending = 0;
let bytes = 0;

scope.onmessage = ({ data }) => {
  if ('keep' in data) {
    keeps = true;
  } else if ('end' in data) {
    bundle();
    scope.postMessage({ sha256: sum.finish(), blob: new Blob(parts) });
  } else {
    sum.update(new Uint8Array(data.piece));
    bytes += data.piece.byteLength;
    if (keeps) keep(data.piece);
    scope.postMessage({ bytes });
  }
};

function keep(piece: ArrayBuffer): void {
  pieces.push(piece);
  pending += piece.byteLength;
  if (pending >= partBytes) bundle();
}

/** A Blob lives outside of the heap, and on disk when it is large: only the last part is in memory here. */
function bundle(): void {
  if (pieces.length > 0) parts.push(new Blob(pieces));
  pieces = [];
  pending = 0;
}
