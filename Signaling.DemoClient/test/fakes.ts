import type { ConnectionState } from '../src/signaling/connection-state.ts';
import { Emitter } from '../src/signaling/emitter.ts';
import { PeerLink, type PeerLinkEvents } from '../src/signaling/peer-link.ts';
import type { RawSignalingClientEvents } from '../src/signaling/raw-signaling-client.ts';

/** A WebSocket that does what the test says. */
export class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly sent: string[] = [];
  closed = false;
  readyState = 0;
  bufferedAmount = 0;
  readonly url: string;
  readonly protocols: readonly string[];

  constructor(url: string, protocols: readonly string[] = []) {
    this.url = url;
    this.protocols = protocols;
  }

  /** The handshake succeeds. */
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  /** The relay says this. */
  say(frame: unknown): void {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
  }

  /** The connection ends; 1006 is without a word. */
  end(code = 1006, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
  }
}

/** A room: what one member says reaches all others, at once or, with `hold`, when it is released. */
export class FakeRoom {
  readonly members: FakeClient[] = [];
  readonly log: { readonly type: string; readonly from: string; readonly to?: string }[] = [];
  #held: (() => void)[] | undefined;

  hold(): void {
    this.#held = [];
  }

  release(): void {
    while (this.#held?.length) this.#held.shift()?.();
    this.#held = undefined;
  }

  carry(from: FakeClient, text: string): void {
    this.log.push(JSON.parse(text));
    const deliver = () => {
      for (const member of [...this.members]) if (member !== from) member.hear(text);
    };
    if (this.#held) this.#held.push(deliver);
    else deliver();
  }

  count(type: string): number {
    return this.log.filter(message => message.type === type).length;
  }
}

export class FakeClient extends Emitter<RawSignalingClientEvents> {
  state: ConnectionState = { phase: 'idle' };
  readonly #room: FakeRoom;

  constructor(room: FakeRoom) {
    super();
    this.#room = room;
  }

  enter(): void {
    this.#room.members.push(this);
    this.#become({ phase: 'open' });
  }

  loseRelay(): void {
    this.#room.members.splice(this.#room.members.indexOf(this), 1);
    this.#become({ phase: 'waiting', retryInMs: 500, code: 1006, why: '' });
  }

  send(text: string): boolean {
    if (this.state.phase !== 'open') return false;
    this.#room.carry(this, text);
    return true;
  }

  hear(text: string): void {
    this.emit('message', text);
  }

  #become(state: ConnectionState): void {
    this.state = state;
    this.emit('state', state);
  }
}

/** A PeerConnection whose other side is the test. */
export class FakeConnection {
  onicecandidate: ((event: { candidate: { toJSON(): RTCIceCandidateInit } | null }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  readonly channel = {
    readyState: 'connecting',
    sent: [] as string[],
    onopen: null as (() => void) | null,
    onmessage: null as ((event: { data: unknown }) => void) | null,
    onclose: null as (() => void) | null,
    send(text: string) { this.sent.push(text); },
  };
  readonly steps: string[] = [];

  createDataChannel(): unknown {
    return this.channel;
  }

  async setLocalDescription(): Promise<void> {
    const type = this.remoteDescription ? 'answer' : 'offer';
    this.steps.push(`local ${type}`);
    this.localDescription = { type, sdp: `my ${type}` };
  }

  async setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    if (description.sdp === 'nonsense') throw new Error('not an SDP');
    await Promise.resolve();
    this.steps.push(`remote ${description.type}`);
    this.remoteDescription = description;
  }

  async addIceCandidate({ candidate }: RTCIceCandidateInit): Promise<void> {
    if (candidate === 'nonsense') throw new Error('not a candidate');
    this.steps.push(`candidate ${candidate}`);
  }

  close(): void {
    this.connectionState = 'closed';
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  open(): void {
    this.become('connected');
    this.channel.readyState = 'open';
    this.channel.onopen?.();
  }
}

/** Links with fake connections, kept for the test to open and break. */
export class FakeLinks {
  readonly connections: FakeConnection[] = [];

  readonly create = (call: string, offers: boolean): PeerLink => {
    const connection = new FakeConnection();
    this.connections.push(connection);
    return new PeerLink({ call, offers, createConnection: () => connection as unknown as RTCPeerConnection });
  };

  get last(): FakeConnection {
    const last = this.connections.at(-1);
    if (!last) throw new Error('no link was made');
    return last;
  }
}

/** What an emitter said, by event name. */
export function heard<Name extends keyof PeerLinkEvents>(link: PeerLink, name: Name): PeerLinkEvents[Name][] {
  const events: PeerLinkEvents[Name][] = [];
  link.on(name, event => events.push(event));
  return events;
}
