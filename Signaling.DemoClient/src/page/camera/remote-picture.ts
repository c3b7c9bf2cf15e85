import { Emitter } from '../../signaling/emitter.ts';

/** Camera and microphone of the other side, as far as it sends them. */
export class RemotePicture extends Emitter<{ change: undefined }> {
  readonly stream = new MediaStream();
  readonly #connection: RTCPeerConnection;
  readonly #look = () => this.#compare();

  constructor(connection: RTCPeerConnection) {
    super();
    this.#connection = connection;
    // After each exchange of offer and answer it is settled which tracks there are; also those from before we listened.
    connection.addEventListener('signalingstatechange', this.#look);
    connection.addEventListener('track', this.#look);
    this.#compare();
  }

  get isThere(): boolean {
    return this.stream.getTracks().length > 0;
  }

  close(): void {
    this.#connection.removeEventListener('signalingstatechange', this.#look);
    this.#connection.removeEventListener('track', this.#look);
    this.#show([]);
  }

  #compare(): void {
    if (this.#connection.signalingState !== 'stable') return;
    this.#show(this.#connection.getTransceivers()
      .filter(({ currentDirection }) => currentDirection === 'sendrecv' || currentDirection === 'recvonly')
      .map(({ receiver }) => receiver.track));
  }

  #show(tracks: readonly MediaStreamTrack[]): void {
    const shown = this.stream.getTracks();
    if (shown.length === tracks.length && tracks.every(track => shown.includes(track))) return;
    for (const track of shown) if (!tracks.includes(track)) this.stream.removeTrack(track);
    for (const track of tracks) this.stream.addTrack(track);
    this.emit('change', undefined);
  }
}
