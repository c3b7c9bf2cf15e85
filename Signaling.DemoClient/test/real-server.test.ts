import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { SignalingClient, type SignalingClientOptions } from '../src/signaling/signaling-client.ts';
import type { SignalingClientEvents } from '../src/signaling/signaling-events.ts';
import { BadNetwork, findRelay, RealRelay } from './real-relay.ts';

const program = findRelay();
if (!program) console.warn('\nSKIPPED: the suite against a real relay. It was never built: dotnet build Signaling.Server\n');

const names = ['state', 'welcome', 'join', 'leave', 'meta', 'message', 'raw', 'error', 'gap', 'ice', 'goaway'] as const;
type Name = (typeof names)[number];

/** A client whose events can be waited for, in order: what was passed over is not looked at again. */
class Guest {
  readonly client: SignalingClient;
  readonly all: [Name, unknown][] = [];
  #read = 0;
  #wake = () => {};

  constructor(url: string, options: SignalingClientOptions = {}) {
    this.client = new SignalingClient(url, {
      backoff: { atLeastMs: 20, firstMs: 50, longestMs: 200 },
      openSocket: (address, protocols) => new NodeSocket(address, [...protocols]) as unknown as WebSocket,
      ...options,
    });
    for (const name of names) this.client.on(name, value => { this.all.push([name, value]); this.#wake(); });
    this.client.connect();
  }

  get id(): string {
    return this.client.id ?? '(none)';
  }

  async next<N extends Name>(name: N, fits: (value: SignalingClientEvents[N]) => boolean = () => true): Promise<SignalingClientEvents[N]> {
    for (;;) {
      while (this.#read < this.all.length) {
        const [one, value] = this.all[this.#read++] as [Name, SignalingClientEvents[N]];
        if (one === name && fits(value)) return value;
      }
      await new Promise<void>(resolve => { this.#wake = resolve; });
    }
  }

  count(name: Name): number {
    return this.all.filter(([one]) => one === name).length;
  }

  data(): unknown[] {
    return this.all.filter(([name]) => name === 'message').map(([, value]) => (value as { data: unknown }).data);
  }
}

describe.skipIf(!program)('against a real relay', () => {
  let relay: RealRelay;
  let rooms = 0;
  let room = '';
  const guests: Guest[] = [];
  const networks: BadNetwork[] = [];

  beforeAll(async () => { relay = await RealRelay.start(program ?? '', '--KeepAlive:Interval=00:00:01', '--KeepAlive:Timeout=00:00:01'); }, 30_000);
  afterAll(() => relay?.stop('SIGKILL'));
  afterEach(() => {
    for (const { client } of guests.splice(0)) client.close();
    for (const network of networks.splice(0)) network.close();
  });

  const enter = async (options: SignalingClientOptions = {}, port?: number) => {
    const guest = new Guest(relay.room(room, port), options);
    guests.push(guest);
    await guest.next('welcome');
    return guest;
  };
  const behindBadNetwork = async () => {
    const network = await BadNetwork.to(relay);
    networks.push(network);
    return { network, guest: await enter({}, network.port) };
  };
  const newRoom = () => { room = `lib-${++rooms}`; };

  test('two meet, talk, and part', async () => {
    newRoom();
    const alice = await enter({ meta: { name: 'Alice ☺' } });
    const bob = await enter();
    expect(alice.client.room).toBe(room);
    expect([...bob.client.peers]).toEqual([[alice.id, { name: 'Alice ☺' }]]);
    expect(await alice.next('join')).toEqual({ id: bob.id, meta: {} });
    bob.client.setMeta({ name: 'Bob' });
    expect(await alice.next('meta')).toEqual({ id: bob.id, meta: { name: 'Bob' } });

    alice.client.send({ hello: [1, 'all'] });
    expect(await bob.next('message')).toEqual({ from: alice.id, data: { hello: [1, 'all'] } });
    bob.client.sendTo(alice.id, null);
    expect(await alice.next('message')).toEqual({ from: bob.id, to: alice.id, data: null });

    bob.client.close();
    expect(await alice.next('leave')).toEqual({ id: bob.id, reason: 'closed' });
    expect(alice.client.peers.size).toBe(0);
  });

  test('who is not there cannot be reached, and the sender learns which message that was', async () => {
    newRoom();
    const alice = await enter();
    const ref = alice.client.sendTo('nobody', 1);
    expect(await alice.next('error')).toMatchObject({ code: 'peer-unavailable', ref, to: 'nobody' });
  });

  test('ICE servers are asked for and given', async () => {
    newRoom();
    const alice = await enter();
    alice.client.requestIce();
    expect(await alice.next('ice')).toEqual(alice.client.iceServers);
  });

  test('metadata too long for an address arrives all the same', async () => {
    newRoom();
    const alice = await enter();
    const story = 'x'.repeat(3_000);
    await enter({ meta: { story } });
    expect((await alice.next('meta')).meta).toEqual({ story });
  });

  test('what a raw member of the room says is heard', async () => {
    newRoom();
    const alice = await enter();
    const raw = new NodeSocket(relay.room(room));
    await new Promise(resolve => raw.once('open', resolve));
    raw.send('hello');
    raw.send(Buffer.from([1, 2, 255]));
    expect((await alice.next('raw')).data).toBe('hello');
    expect((await alice.next('raw')).data).toEqual(new Uint8Array([1, 2, 255]));
    raw.close();
  });

  test('a line that is cut again and again loses nothing, doubles nothing, and nobody else notices', async () => {
    newRoom();
    const alice = await enter();
    const { network, guest: bob } = await behindBadNetwork();
    const [id, sent] = [bob.id, 300];
    for (let n = 0; n < sent; n++) {
      alice.client.sendTo(id, n);
      if (n % 60 === 59) {
        network.cut();
        await bob.next('welcome', ({ resumed }) => resumed);
      }
      if (n % 10 === 9) await new Promise(resolve => setTimeout(resolve, 100)); // within the rate
    }
    await bob.next('message', ({ data }) => data === sent - 1);
    expect(bob.data()).toEqual(Array.from({ length: sent }, (_, n) => n));
    expect([bob.id, bob.count('gap'), bob.count('join'), alice.count('leave'), alice.count('join')]).toEqual([id, 0, 0, 0, 1]);
  }, 20_000);

  test('what the network swallowed before it went dead comes after all', async () => {
    newRoom();
    const alice = await enter();
    const { network, guest: bob } = await behindBadNetwork();
    network.swallows = true;
    for (let n = 0; n < 10; n++) alice.client.sendTo(bob.id, n);
    await new Promise(resolve => setTimeout(resolve, 200));
    network.swallows = false;
    network.cut();
    await bob.next('message', ({ data }) => data === 9);
    expect(bob.data()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('who came and went meanwhile is told once, and in order with what they said', async () => {
    newRoom();
    const alice = await enter();
    const { network, guest: bob } = await behindBadNetwork();
    const before = bob.all.length;
    network.swallows = true;
    network.cut();
    const carol = await enter();
    carol.client.send('hello');
    await alice.next('message');
    alice.client.close();
    await carol.next('leave');
    network.swallows = false;
    await bob.next('leave');
    expect(bob.all.slice(before).filter(([name]) => name !== 'state').map(([name]) => name)).toEqual(['welcome', 'join', 'message', 'leave']);
    expect([...bob.client.peers.keys()]).toEqual([carol.id]);
  });

  test('what is said while away is sent when back', async () => {
    newRoom();
    const alice = await enter();
    const { network, guest: bob } = await behindBadNetwork();
    network.cut();
    await bob.next('state', ({ phase }) => phase === 'waiting');
    for (const n of [1, 2, 3]) bob.client.send(n);
    await alice.next('message', ({ data }) => data === 3);
    expect(alice.data()).toEqual([1, 2, 3]);
  });

  test('the network changed under a live connection: the place is taken over', async () => {
    newRoom();
    const page = new EventTarget();
    const alice = await enter();
    const bob = await enter({ page });
    const id = bob.id;
    for (const name of ['offline', 'online']) page.dispatchEvent(new Event(name));
    expect(await bob.next('welcome')).toEqual({ id, previousId: id, resumed: true });
    alice.client.sendTo(id, 'still you?');
    await bob.next('message');
    expect([alice.count('leave'), bob.client.state.phase]).toEqual([0, 'open']);
  });

  test('a room of a hundred is known whole, and every departure is told', async () => {
    newRoom();
    const crowd = await Promise.all(Array.from({ length: 100 }, () => enter()));
    const last = crowd[99] as Guest;
    while (last.client.peers.size < 99) await last.next('join');
    for (const { client } of crowd.slice(0, 50)) client.close();
    while (last.client.peers.size > 49) await last.next('leave');
    expect(last.count('leave')).toBe(50);
  }, 20_000);

  test('a message too long is not sent, and the connection goes on', async () => {
    newRoom();
    const alice = await enter();
    const bob = await enter();
    alice.client.send('x'.repeat(70_000));
    expect((await alice.next('error')).code).toBe('too-large');
    alice.client.send('shorter');
    expect((await bob.next('message')).data).toBe('shorter');
  });

  test('a relay that is drained says so, and is found again after its restart', async () => {
    newRoom();
    const draining = await RealRelay.start(program ?? '', '--Drain:Period=00:00:02');
    const alice = new Guest(draining.room(room));
    guests.push(alice);
    await alice.next('welcome');
    const stopped = draining.stop('SIGTERM');
    const { afterMs } = await alice.next('goaway');
    expect(afterMs).toBeLessThanOrEqual(2_000);
    expect(await alice.next('state', ({ phase }) => phase === 'waiting')).toMatchObject({ code: 1012 });
    await stopped;
    await draining.start();
    await alice.next('welcome');
    expect(alice.client.state.phase).toBe('open');
    alice.client.close();
    await draining.stop('SIGKILL');
  }, 30_000);

  test('a relay that restarts is found again: new ids, and the difference is told', async () => {
    newRoom();
    const alice = await enter();
    const bob = await enter();
    const before = [alice.id, bob.id];
    await relay.stop('SIGKILL');
    await Promise.all([alice, bob].map(guest => guest.next('state', ({ phase }) => phase === 'waiting')));
    await relay.start();
    await Promise.all([alice, bob].map(guest => guest.next('gap')));
    while (!alice.client.peers.has(bob.id)) await alice.next('join');
    expect(before).not.toContain(alice.id);
    expect([...alice.client.peers.keys()]).toEqual([bob.id]);
  }, 30_000);
});
