/** Milliseconds: the wait before the first retry, and the longest one. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

export const defaultBackoff: Backoff = { firstMs: 500, longestMs: 10_000 };

/**
 * The wait before retry `attempt` (0 is the first), doubled each time. Half of it is drawn by `random` (0 to 1),
 * so that the clients of a relay that restarts do not all come back in the same instant.
 */
export function retryDelay(attempt: number, random: () => number, { firstMs, longestMs } = defaultBackoff): number {
  const full = Math.min(longestMs, firstMs * 2 ** attempt);
  return Math.round(full / 2 + (full / 2) * random());
}
