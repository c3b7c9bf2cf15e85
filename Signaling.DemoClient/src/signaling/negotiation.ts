import { type Clock, systemClock } from './clock.ts';
import type { NegotiationSignal } from './mesh-signal.ts';

export interface NegotiationOptions {
  readonly connection: RTCPeerConnection;
  /** Of two offers that cross, the polite side gives up its own. One side is, the other is not. */
  readonly polite: boolean;
  readonly send: (signal: NegotiationSignal) => void;
  /** A description could not be used; the connection will not come about. */
  readonly failed: () => void;
  readonly clock?: Clock;
}

/** A side whose own candidates do not come (no network at all) holds a colliding offer no longer than this. */
const holdAtMostMs = 2_000;

/** Candidates kept for a description that has not come; an honest side has a dozen. */
const mostEarly = 100;

/**
 * Perfect negotiation for one RTCPeerConnection: either side may change something at any time. One step is taken after the
 * other, so a description is set before the candidates that came behind it are added, and whether two offers crossed is
 * plain from the connection's state.
 */
export class Negotiation {
  readonly #connection: RTCPeerConnection;
  readonly #options: NegotiationOptions;
  readonly #clock: Clock;
  readonly #early: (RTCIceCandidateInit | null)[] = [];
  #steps = Promise.resolve();
  #mayOffer = false;
  #ignoresCandidates = false;
  #gathered = () => {};
  readonly #firstCandidate = new Promise<void>(resolve => { this.#gathered = resolve; });

  constructor(options: NegotiationOptions) {
    this.#options = options;
    this.#connection = options.connection;
    this.#clock = options.clock ?? systemClock;
    this.#connection.onnegotiationneeded = () => { if (this.#mayOffer) this.#then(() => this.#offer()); };
    this.#connection.onicecandidate = ({ candidate }) => this.#found(candidate);
  }

  /** Offers. The side that does not call this waits for the other's offer first; so there are no two of them. */
  start(): void {
    this.#mayOffer = true;
    this.#then(() => this.#offer());
  }

  /** Looks for a new way between the two, by a new offer. One that is under way may have been lost: it is told again. */
  restartIce(): void {
    this.#mayOffer = true;
    if (this.#connection.signalingState === 'have-local-offer') this.#tell('offer');
    else this.#connection.restartIce();
  }

  receive(signal: NegotiationSignal): void {
    this.#then(() => {
      switch (signal.type) {
        case 'candidate': return this.#add(signal.candidate);
        case 'end-of-candidates': return this.#add(null);
        default: return this.#accept(signal.type, signal.sdp);
      }
    });
  }

  #then(step: () => Promise<void>): void {
    this.#steps = this.#steps.then(async () => {
      if (this.#connection.signalingState !== 'closed') await step();
    }).catch(() => {
      if (this.#connection.signalingState !== 'closed') this.#options.failed();
    });
  }

  async #offer(): Promise<void> {
    // Otherwise an exchange is under way; the connection asks again after it if there is still something to say.
    if (this.#connection.signalingState === 'stable') await this.#describe('offer');
  }

  async #describe(type: 'offer' | 'answer'): Promise<void> {
    await this.#connection.setLocalDescription();
    this.#tell(type);
  }

  #tell(type: 'offer' | 'answer'): void {
    const sdp = this.#connection.localDescription?.sdp;
    if (sdp !== undefined) this.#options.send({ type, sdp });
  }

  async #accept(type: 'offer' | 'answer', sdp: string): Promise<void> {
    const { signalingState } = this.#connection;
    // The answer to an offer that was given up, or taken back: nothing waits for it.
    if (type === 'answer' && signalingState !== 'have-local-offer') return;
    const collides = type === 'offer' && signalingState !== 'stable';
    this.#ignoresCandidates = collides && !this.#options.polite;
    // The other gives up its offer for ours; should ours have been lost, here it is again, with the candidates so far.
    if (this.#ignoresCandidates) return this.#tell('offer');
    // Chromium, rolled back before its first own candidate, may never gather any: the offer is held until there is one.
    if (collides) await this.#untilGathering();
    await this.#connection.setRemoteDescription({ type, sdp });
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
    this.#mayOffer = true;
    if (type === 'offer') await this.#describe('answer');
  }

  #untilGathering(): Promise<void> {
    return new Promise(resolve => {
      const callOff = this.#clock.after(holdAtMostMs, resolve);
      void this.#firstCandidate.then(() => { callOff(); resolve(); });
    });
  }

  async #add(candidate: RTCIceCandidateInit | null): Promise<void> {
    if (this.#ignoresCandidates) return;
    if (!this.#connection.remoteDescription) {
      if (this.#early.length < mostEarly) this.#early.push(candidate);
      return;
    }
    // One candidate that cannot be used is no reason to give up: the others may do.
    await this.#connection.addIceCandidate(candidate).catch(() => undefined);
  }

  #found(candidate: RTCIceCandidate | null): void {
    if (this.#connection.signalingState === 'closed') return;
    this.#gathered();
    if (!candidate) this.#options.send({ type: 'end-of-candidates' });
    // An empty one ends the candidates of one generation; the null that comes behind it says the same.
    else if (candidate.candidate !== '') this.#options.send({ type: 'candidate', candidate: candidate.toJSON() });
  }
}
