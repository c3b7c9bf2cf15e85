import { type Backoff, defaultBackoff, patientBackoff } from './backoff.ts';
import { type Clock, systemClock } from './clock.ts';

/** What of the outside world a client uses; each has a default. */
export interface ReconnectOptions {
  readonly backoff?: Backoff;
  /** After "full" and "too many messages". */
  readonly patientBackoff?: Backoff;
  /** An attempt that is not ready after this long is given up. */
  readonly connectWithinMs?: number;
  /** A connection that lasted this long was a good one: the next loss is retried quickly again. */
  readonly steadyAfterMs?: number;
  readonly clock?: Clock;
  /** 0 to 1, as `Math.random`. */
  readonly random?: () => number;
  readonly openSocket?: (url: string, protocols: readonly string[]) => WebSocket;
  /** Where `online`, `offline`, `pagehide` and `pageshow` are heard: the window, if there is one. */
  readonly page?: EventTarget | undefined;
}

/** With the default of each that is not given. */
export function withDefaults(options: ReconnectOptions): Required<ReconnectOptions> {
  return {
    backoff: defaultBackoff,
    patientBackoff,
    connectWithinMs: 10_000,
    steadyAfterMs: 5_000,
    clock: systemClock,
    random: Math.random,
    openSocket: (url, protocols) => new WebSocket(url, [...protocols]),
    page: typeof window === 'undefined' ? undefined : window,
    ...options,
  };
}
