import type { FromDigest, ToDigest } from './digest-worker.ts';

/** What a digest tells its transfer. */
export interface DigestEnds {
  progress(bytes: number): void;
  done(sha256: string, blob: Blob): void;
}

/** The sum of a file, computed beside the page's own work; one that `keep`s also puts the file together. */
export class Digest {
  readonly #worker: Worker;

  constructor(keep: boolean, { progress, done }: DigestEnds) {
    this.#worker = new Worker(new URL('./digest-worker.ts', import.meta.url), { type: 'module' });
    if (keep) this.#worker.postMessage({ keep: true } satisfies ToDigest);
    this.#worker.onmessage = ({ data }: MessageEvent<FromDigest>) => {
      if ('bytes' in data) return progress(data.bytes);
      this.close();
      done(data.sha256, data.blob);
    };
  }

  /** The piece is given away. */
  add(piece: ArrayBuffer): void {
    this.#worker.postMessage({ piece } satisfies ToDigest, [piece]);
  }

  end(): void {
    this.#worker.postMessage({ end: true } satisfies ToDigest);
  }

  close(): void {
    this.#worker.terminate();
  }
}
