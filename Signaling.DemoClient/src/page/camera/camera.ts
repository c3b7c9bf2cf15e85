import { Emitter } from '../../signaling/emitter.ts';
import type { Line } from '../direct/line.ts';
import type { Lines } from '../direct/lines.ts';
import { cameraTrouble } from './camera-words.ts';

/** Own camera and microphone, sent on every line while they are on; each change is negotiated over the connection that there is. */
export class Camera extends Emitter<{ change: undefined }> {
  readonly #lines: Lines;
  readonly #senders = new Map<Line, RTCRtpSender[]>();
  stream: MediaStream | undefined;
  /** Why it is not on, in words for a person. */
  trouble = '';
  isStarting = false;

  constructor(lines: Lines) {
    super();
    this.#lines = lines;
    lines.on('open', line => this.#send(line));
    lines.on('closed', line => void this.#senders.delete(line));
  }

  async start(): Promise<void> {
    if (this.stream || this.isStarting) return;
    this.#set({ isStarting: true, trouble: '' });
    try {
      const stream = await openBest();
      // Taken away from outside: unplugged, or by the browser's own button.
      for (const track of stream.getTracks()) track.onended = () => this.stop();
      this.#set({ isStarting: false, stream });
      for (const line of this.#lines.all) this.#send(line);
    } catch (error) {
      this.#set({ isStarting: false, trouble: cameraTrouble(error) });
    }
  }

  stop(): void {
    for (const [line, senders] of this.#senders)
      if (line.connection.signalingState !== 'closed') for (const sender of senders) line.connection.removeTrack(sender);
    this.#senders.clear();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.#set({ stream: undefined });
  }

  #send(line: Line): void {
    const { stream } = this;
    if (stream) this.#senders.set(line, stream.getTracks().map(track => line.connection.addTrack(track, stream)));
  }

  #set(change: Partial<Pick<Camera, 'isStarting' | 'trouble'>> & { stream?: MediaStream | undefined }): void {
    Object.assign(this, change);
    this.emit('change', undefined);
  }
}

/** With sound where there is a microphone. Who has refused the camera is not asked again for it alone. */
async function openBest(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new DOMException('no secure context', 'SecurityError');
  const video = { width: { ideal: 640 }, height: { ideal: 480 } };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: true });
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
    return await navigator.mediaDevices.getUserMedia({ video });
  }
}
