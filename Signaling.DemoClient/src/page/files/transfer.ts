/**
 * Where a transfer stands.
 *
 * - `offered`: the receiver has not said yet whether it wants it.
 * - `queued`: another file goes first.
 * - `moving`, `checking`: bytes are under way; the sums are being compared.
 * - `done`: both sums are the same. `damaged`: they are not.
 * - `refused`, `stopped`: somebody did not want it. `broken`: the connection ended, or the file could not be read.
 */
export type TransferPhase = 'queued' | 'offered' | 'moving' | 'checking' | 'done' | 'damaged' | 'refused' | 'stopped' | 'broken';

/** A file on its way, as the page shows it. */
export interface Transfer {
  readonly direction: 'out' | 'in';
  readonly name: string;
  readonly size: number;
  readonly phase: TransferPhase;
  /** As far as the receiver has dealt with them. */
  readonly bytes: number;
  /** Since the first byte, in milliseconds. */
  readonly tookMs: number;
  /** SHA-256 as computed here, and as the other side says. */
  readonly ownSum: string | undefined;
  readonly theirSum: string | undefined;
  /** What arrived. */
  readonly blob: Blob | undefined;
  on(name: 'change', listener: () => void): () => void;
  /** Only what was offered to us. */
  take?(): void;
  stop(): void;
}

export function isOver({ phase }: Pick<Transfer, 'phase'>): boolean {
  return !['queued', 'offered', 'moving', 'checking'].includes(phase);
}
