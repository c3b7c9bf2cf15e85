import { retryDelay } from './backoff.ts';
import type { ReconnectOptions } from './reconnect-options.ts';

/** How long to wait before the next attempt. */
export class Retries {
  readonly #options: Required<ReconnectOptions>;
  #attempt = 0;
  #returnAt: number | undefined;

  constructor(options: Required<ReconnectOptions>) {
    this.#options = options;
  }

  /** The connection was a good one: the next loss is retried quickly again. */
  steady(): void {
    this.#attempt = 0;
  }

  /** The relay announced its end: the next attempt is not made before this time is up. */
  returnAfter(ms: number): void {
    this.#returnAt = this.#options.clock.now() + ms;
  }

  /** There is a connection again; what was announced is over. */
  returned(): void {
    this.#returnAt = undefined;
  }

  /** In milliseconds. `patient`: the relay is full, or found this client too loud. */
  next(patient: boolean): number {
    const { clock, random, backoff, patientBackoff } = this.#options;
    const announced = Math.max(0, (this.#returnAt ?? 0) - clock.now());
    this.#returnAt = undefined;
    return announced + retryDelay(this.#attempt++, random, patient ? patientBackoff : backoff);
  }
}
