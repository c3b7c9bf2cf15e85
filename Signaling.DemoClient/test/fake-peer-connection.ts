/** Connections that find each other by what is in their descriptions, as real ones do; the test can stop them. */
export class FakeNetwork {
  readonly connections: FakePeerConnection[] = [];
  /** When false, handshakes are completed and no way is found. */
  reachable = true;

  readonly create = (): RTCPeerConnection => {
    const connection = new FakePeerConnection(this);
    this.connections.push(connection);
    return connection as unknown as RTCPeerConnection;
  };

  get live(): FakePeerConnection[] {
    return this.connections.filter(({ signalingState }) => signalingState !== 'closed');
  }

  settled(one: FakePeerConnection): void {
    const other = this.connections.find(({ name }) => name === one.heard);
    if (!this.reachable || one.signalingState !== 'stable' || other?.signalingState !== 'stable' || other.heard !== one.name) return;
    for (const side of [one, other]) side.open(side === one ? other : one);
  }
}

let made = 0;

/** An RTCPeerConnection as far as negotiation goes: states, implicit rollback, candidates that come a turn later. */
export class FakePeerConnection {
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: { candidate: string; toJSON(): RTCIceCandidateInit } | null }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  readonly name = `c${++made}`;
  /** The name in the description of the other side. */
  heard: string | undefined;
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  configuration: RTCConfiguration = {};
  readonly steps: string[] = [];
  readonly channel = new FakeChannel();
  /** When false, `gather` brings the candidates. */
  gathersItself = true;
  readonly #network: FakeNetwork | undefined;

  constructor(network?: FakeNetwork) {
    this.#network = network;
  }

  createDataChannel(): FakeChannel {
    return this.channel;
  }

  getConfiguration(): RTCConfiguration {
    return this.configuration;
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  restartIce(): void {
    this.steps.push('restart');
    this.onnegotiationneeded?.();
  }

  async setLocalDescription(): Promise<void> {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    await Promise.resolve();
    this.steps.push(`local ${type}`);
    this.localDescription = { type, sdp: `${type} of ${this.name}` };
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    if (this.gathersItself) setTimeout(() => this.gather());
    this.#network?.settled(this);
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const [, name] = /^(?:offer|answer) of (\w+)$/.exec(description.sdp ?? '') ?? [];
    if (!name) throw new Error('not an SDP');
    await Promise.resolve();
    if (description.type === 'offer' && this.signalingState === 'have-local-offer') this.steps.push('rollback');
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer') throw new Error(`answer in ${this.signalingState}`);
    this.steps.push(`remote ${description.type}`);
    this.heard = name;
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    this.#network?.settled(this);
  }

  async addIceCandidate(candidate: RTCIceCandidateInit | null): Promise<void> {
    if (!this.remoteDescription) throw new Error('no remote description');
    if (candidate?.candidate === 'nonsense') throw new Error('not a candidate');
    this.steps.push(candidate ? `candidate ${candidate.candidate}` : 'end of candidates');
  }

  gather(): void {
    this.onicecandidate?.({ candidate: { candidate: `from ${this.name}`, toJSON: () => ({ candidate: `from ${this.name}` }) } });
    this.onicecandidate?.({ candidate: null });
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  open(other: FakePeerConnection): void {
    this.channel.other = other.channel;
    this.become('connected');
    if (this.channel.readyState === 'open') return;
    this.channel.readyState = 'open';
    this.channel.onopen?.();
  }

  close(): void {
    if (this.signalingState === 'closed') return;
    this.signalingState = 'closed';
    this.connectionState = 'closed';
    this.channel.close();
  }
}

class FakeChannel {
  binaryType = '';
  readyState = 'connecting';
  other: FakeChannel | undefined;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  send(data: unknown): void {
    this.other?.onmessage?.({ data });
  }

  close(): void {
    if (this.readyState === 'closed') return;
    const { other } = this;
    this.readyState = 'closed';
    this.onclose?.();
    other?.close();
  }
}
