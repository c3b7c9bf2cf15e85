/** Where an attempt goes. */
export interface Target {
  readonly url: string;
  readonly protocols: readonly string[];
}

/** What is spoken over the socket. */
export interface Spoken {
  /** Asked before each attempt. A failure counts as an attempt that failed. */
  target(): Target | Promise<Target>;
  opened?(): void;
  received(data: unknown): void;
  /** Said when the page is left, so that the connection may be ended with it. Without it, nothing is done then. */
  farewell?(): void;
  /** Whether a new token can be had after the relay refused the present one. */
  canRenewToken?(): boolean;
  /** The connection, or the attempt, is over; `wasReady` when it had been of use. */
  ended?(code: number, wasReady: boolean): void;
  /** Whether a new connection takes over from a live one without loss. */
  readonly canTakeOver: boolean;
}
