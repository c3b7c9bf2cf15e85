/** Milliseconds: what every wait has at least, what the first may add, and what the longest may add. */
export interface Backoff {
  readonly atLeastMs: number;
  readonly firstMs: number;
  readonly longestMs: number;
}

export const defaultBackoff: Backoff = { atLeastMs: 0, firstMs: 500, longestMs: 10_000 };

/** For a relay that said it is full, or that this client is too loud. */
export const patientBackoff: Backoff = { atLeastMs: 5_000, firstMs: 5_000, longestMs: 60_000 };

/**
 * The wait before retry `attempt` (0 is the first). All of what doubles is drawn by `random` (0 to 1), so that
 * the clients of a relay that restarts come back spread out, not in waves.
 */
export function retryDelay(attempt: number, random: () => number, { atLeastMs, firstMs, longestMs } = defaultBackoff): number {
  return Math.round(atLeastMs + Math.min(longestMs, firstMs * 2 ** attempt) * random());
}
