import { afterClose, whyClosed } from './close-codes.ts';
import type { ConnectionState } from './connection-state.ts';
import { Emitter } from './emitter.ts';
import { watchPage } from './page-life.ts';
import { type ReconnectOptions, withDefaults } from './reconnect-options.ts';
import { Retries } from './retries.ts';
import type { Spoken, Target } from './spoken.ts';

/** 1006: what browsers say, too, when a connection ended without a word. */
const lost = 1006;

/** `WebSocket.OPEN`, which does not exist where only an injected socket does. */
const opened = 1;

/** One WebSocket at a time, made again whenever it is lost, for as long as the close codes allow. It knows no protocol. */
export class ReconnectingSocket extends Emitter<{ state: ConnectionState }> {
  readonly #spoken: Spoken;
  readonly #options: Required<ReconnectOptions>;
  readonly #retries: Retries;
  #state: ConnectionState = { phase: 'idle' };
  #socket: WebSocket | undefined;
  /** Let go of, but not closed: a Close would end the place that the next connection is to take over. */
  #superseded: WebSocket | undefined;
  /** Each dial has its number, so that what an earlier one still reports is known as late. */
  #dial = 0;
  #callOff = () => {};
  #unwatch: (() => void) | undefined;
  #closedForGood = false;
  /** The connection was ended because the page was left. */
  #left = false;

  constructor(spoken: Spoken, options: ReconnectOptions = {}) {
    super();
    this.#spoken = spoken;
    this.#options = withDefaults(options);
    this.#retries = new Retries(this.#options);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Bytes handed to the socket that have not left yet. */
  get buffered(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  connect(): void {
    if (this.#closedForGood || (this.#state.phase !== 'idle' && this.#state.phase !== 'closed')) return;
    this.#unwatch ??= watchPage(this.#options.page, {
      back: afterAbsence => this.#back(afterAbsence),
      left: () => this.#leave(),
    });
    this.#open(false);
  }

  /** Cuts the present wait short; nothing happens unless a retry is being waited for. */
  retryNow(): void {
    if (this.#state.phase === 'waiting') this.#open(true);
  }

  /** The protocol is content: this connection counts as made. */
  ready(): void {
    this.#callOff();
    this.#callOff = this.#options.clock.after(this.#options.steadyAfterMs, () => this.#retries.steady());
    this.#retries.returned();
    this.#supersede(undefined);
    this.#enter({ phase: 'open' });
  }

  /** The relay announced its end: the next attempt is not made before this time is up. */
  returnAfter(ms: number): void {
    this.#retries.returnAfter(ms);
  }

  /** Only while open. */
  send(text: string): void {
    this.#socket?.send(text);
  }

  /** For good. */
  close(): void {
    this.#closedForGood = true;
    this.#hangUp();
    this.#over(1000, 'closed by this client');
  }

  #open(retry: boolean): void {
    this.#abandon();
    this.#left = false;
    const dial = this.#dial;
    const isCurrent = () => this.#dial === dial;
    this.#callOff = this.#options.clock.after(this.#options.connectWithinMs, () => {
      this.#abandon();
      this.#ended(lost, 'the relay did not answer', false);
    });
    this.#enter({ phase: 'connecting', retry });
    if (!isCurrent()) return;
    this.#aim(target => { if (isCurrent()) this.#listen(target, isCurrent); },
      why => { if (isCurrent()) this.#failed(why); });
  }

  /** At once where it can be, so that a client without tokens opens its socket within `connect`. */
  #aim(use: (target: Target) => void, fail: (why: unknown) => void): void {
    try {
      const target = this.#spoken.target();
      if (target instanceof Promise) target.then(use, fail);
      else use(target);
    } catch (why) {
      fail(why);
    }
  }

  #listen({ url, protocols }: Target, isCurrent: () => boolean): void {
    let socket: WebSocket;
    try {
      socket = this.#options.openSocket(url, protocols);
    } catch (why) {
      // The constructor throws where a secure page may not open a ws: address, or a token is no subprotocol name.
      return this.#failed(why);
    }
    this.#socket = socket;
    socket.onopen = () => { if (isCurrent()) this.#spoken.opened?.(); };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => { if (isCurrent()) this.#spoken.received(data); };
    // A close follows it, and says more; sockets of Node throw what nobody listens to.
    socket.onerror = () => undefined;
    socket.onclose = ({ code, reason }: CloseEvent) => {
      if (!isCurrent()) return;
      const wasReady = this.#state.phase === 'open';
      this.#drop();
      this.#ended(code, whyClosed(code, reason), wasReady);
    };
  }

  #failed(why: unknown): void {
    this.#drop();
    this.#ended(lost, why instanceof Error ? why.message : String(why), false);
  }

  #ended(code: number, why: string, wasReady: boolean): void {
    this.#spoken.ended?.(code, wasReady);
    const next = afterClose(code);
    if (next === 'final' || (next === 'token' && !this.#spoken.canRenewToken?.())) return this.#over(code, why);
    const retryInMs = this.#retries.next(next === 'patient');
    this.#callOff = this.#options.clock.after(retryInMs, () => this.retryNow());
    this.#enter({ phase: 'waiting', retryInMs, code, why });
  }

  #over(code: number, why: string): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#enter({ phase: 'closed', code, why });
  }

  #leave(): void {
    if (!this.#spoken.farewell || this.#state.phase === 'closed') return;
    if (this.#state.phase === 'open') this.#spoken.farewell();
    this.#hangUp();
    this.#left = true;
    this.#enter({ phase: 'closed', code: 1000, why: 'the page was left' });
  }

  #back(afterAbsence: boolean): void {
    if (this.#left) this.connect();
    else if (this.#state.phase === 'open' && afterAbsence && this.#spoken.canTakeOver) this.#open(true);
    else this.retryNow();
  }

  /** Lets go of the present socket, attempt or wait; what it still reports is not heard. */
  #drop(): WebSocket | undefined {
    this.#callOff();
    this.#callOff = () => {};
    this.#dial++;
    const socket = this.#socket;
    this.#socket = undefined;
    return socket;
  }

  #hangUp(): void {
    this.#drop()?.close(1000);
    this.#supersede(undefined);
  }

  #abandon(): void {
    const socket = this.#drop();
    if (socket?.readyState === opened && this.#spoken.canTakeOver) this.#supersede(socket);
    else socket?.close();
  }

  #supersede(socket: WebSocket | undefined): void {
    this.#superseded?.close();
    this.#superseded = socket;
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    this.emit('state', state);
  }
}
