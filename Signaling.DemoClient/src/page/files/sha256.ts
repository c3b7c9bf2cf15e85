/** SHA-256 (FIPS 180-4), piece by piece: `crypto.subtle` wants the whole at once, and a secure context. */
export class Sha256 {
  readonly #state = Uint32Array.of(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
  readonly #schedule = new Int32Array(64);
  readonly #block = new Uint8Array(64);
  #filled = 0;
  #bytes = 0;

  update(piece: Uint8Array): this {
    let at = 0;
    this.#bytes += piece.length;
    if (this.#filled > 0) {
      at = Math.min(64 - this.#filled, piece.length);
      this.#block.set(piece.subarray(0, at), this.#filled);
      this.#filled += at;
      if (this.#filled < 64) return this;
      this.#take(new DataView(this.#block.buffer), 0);
      this.#filled = 0;
    }
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
    for (; at + 64 <= piece.length; at += 64) this.#take(view, at);
    this.#block.set(piece.subarray(at));
    this.#filled = piece.length - at;
    return this;
  }

  /** In lower-case hex. Nothing can be added after it. */
  finish(): string {
    const bits = this.#bytes * 8;
    const end = new DataView(new ArrayBuffer(this.#filled < 56 ? 64 : 128));
    new Uint8Array(end.buffer).set(this.#block.subarray(0, this.#filled));
    end.setUint8(this.#filled, 0x80);
    end.setUint32(end.byteLength - 8, Math.floor(bits / 2 ** 32));
    end.setUint32(end.byteLength - 4, bits >>> 0);
    for (let at = 0; at < end.byteLength; at += 64) this.#take(end, at);
    return [...this.#state].map(word => word.toString(16).padStart(8, '0')).join('');
  }

  #take(view: DataView, at: number): void {
    const w = this.#schedule;
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    const state = this.#state;
    let a = state[0]! | 0, b = state[1]! | 0, c = state[2]! | 0, d = state[3]! | 0;
    let e = state[4]! | 0, f = state[5]! | 0, g = state[6]! | 0, h = state[7]! | 0;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0;
      d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    state[0]! += a; state[1]! += b; state[2]! += c; state[3]! += d;
    state[4]! += e; state[5]! += f; state[6]! += g; state[7]! += h;
  }
}

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const constants = Int32Array.from(primes(64), prime => fraction32(prime));

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every(prime => n % prime !== 0)) found.push(n);
  return found;
}

/** Exact, in whole numbers: the cube root of n · 2^96 has 32 bits behind the point. */
function fraction32(n: number): number {
  const target = BigInt(n) << 96n;
  let root = BigInt(Math.floor(Math.cbrt(n) * 2 ** 32));
  while (root ** 3n > target) root--;
  while ((root + 1n) ** 3n <= target) root++;
  return Number(BigInt.asIntN(32, root));
}
