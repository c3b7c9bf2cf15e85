import { vi } from 'vitest';
import { SignalingClient, type SignalingClientOptions } from '../src/signaling/signaling-client.ts';
import type { SignalingClientEvents } from '../src/signaling/signaling-events.ts';
import { FakeSocket } from './fakes.ts';

const names = ['state', 'welcome', 'join', 'leave', 'meta', 'message', 'raw', 'error', 'gap', 'ice', 'goaway'] as const;

export const limits = { maxMessageBytes: 1000, messagesPerSecond: 50, burst: 300 };

/** A welcome as the relay writes it, with what the test wants different. */
export function welcome(changes: object = {}): object {
  return { type: 'welcome', v: 1, id: 'me', room: 'demo', resume: 's1', resumed: false, peers: [], iceServers: [], limits, pingSeconds: 25, ...changes };
}

/** A client whose relay is the test; `said` has every event as `[name, value]`, states apart. */
export function startClient(options: SignalingClientOptions = {}) {
  const sockets: FakeSocket[] = [];
  const said: [string, unknown][] = [];
  const client = new SignalingClient('ws://relay/room/demo', {
    random: () => 1,
    openSocket: (url, protocols) => {
      const socket = new FakeSocket(url, protocols);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    ...options,
  });
  const states: SignalingClientEvents['state'][] = [];
  for (const name of names) client.on(name, value => name === 'state' ? states.push(value as SignalingClientEvents['state']) : said.push([name, value]));
  client.connect();
  const latest = () => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  };
  return {
    client, sockets, said, states, latest,
    /** The latest socket opens and is welcomed. */
    welcomed(changes: object = {}) {
      latest().open();
      latest().say(welcome(changes));
    },
    /** The connection is lost, and the next socket is dialled. */
    lose(code = 1006) {
      latest().end(code);
      vi.advanceTimersByTime(100_000);
    },
    sent: () => latest().sent.map(text => JSON.parse(text)),
    asked: () => new URL(latest().url).searchParams,
    events: (name: string) => said.filter(([one]) => one === name).map(([, value]) => value),
  };
}
