/**
 * Where a client stands.
 *
 * - `idle`: not started.
 * - `connecting`: an attempt is under way; `retry` when a connection was lost, or could not be made, before.
 * - `open`: messages go through.
 * - `waiting`: for the next attempt, which begins `retryInMs` after this state was entered.
 * - `closed`: it is over; `connect` starts anew, except after `close`.
 */
export type ConnectionState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting'; readonly retry: boolean }
  | { readonly phase: 'open' }
  | { readonly phase: 'waiting'; readonly retryInMs: number; readonly code: number; readonly why: string }
  | { readonly phase: 'closed'; readonly code: number; readonly why: string };
