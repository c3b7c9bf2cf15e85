import { describe, expect, test } from 'vitest';
import { Mesh } from '../src/signaling/mesh.ts';
import type { SignalingClient } from '../src/signaling/signaling-client.ts';
import { createConnection, missing, Rooms } from './webrtc.ts';

if (missing) console.warn(`\nSKIPPED: meshes with real connections. ${missing}\n`);

const rounds = Number(process.env['HANDSHAKES'] ?? 50);

/** A mesh whose connections are real; what becomes of the first other one can be waited for. */
function meshOf(client: SignalingClient) {
  const mesh = new Mesh(client, { createConnection });
  const offers: string[] = [];
  mesh.on('signal', ({ direction, type }) => { if (type === 'offer') offers.push(direction); });
  return {
    mesh, offers,
    expects: new Promise<void>(resolve => { mesh.on('state', ({ state }) => { if (state === 'expected') resolve(); }); }),
    connected: new Promise<void>(resolve => { mesh.on('peer-connected', () => resolve()); }),
    heard: new Promise<unknown>(resolve => { mesh.on('message', ({ data }) => resolve(data)); }),
  };
}

type Side = ReturnType<typeof meshOf>;

async function talk(one: Side, other: Side): Promise<void> {
  await Promise.all([one.connected, other.connected]);
  expect([one.mesh.send('to other'), other.mesh.send('to one')]).toEqual([1, 1]);
  expect(await Promise.all([one.heard, other.heard])).toEqual(['to one', 'to other']);
}

async function enter(client: SignalingClient): Promise<void> {
  const open = new Promise<void>(resolve => { client.on('welcome', () => resolve()); });
  client.connect();
  await open;
}

describe.skipIf(missing)('with real connections, over a real relay', () => {
  const rooms = new Rooms();

  test(`${rounds} handshakes in a row: who comes offers, once`, async () => {
    for (let round = 0; round < rounds; round++) {
      const clients = [rooms.client(), rooms.client()] as const;
      const [one, other] = [meshOf(clients[0]), meshOf(clients[1])];
      await enter(clients[0]);
      await enter(clients[1]);
      await talk(one, other);
      expect([one.offers, other.offers]).toEqual([['received'], ['sent']]);
      for (const { mesh } of [one, other]) mesh.leave();
      rooms.leave();
    }
  }, 240_000);

  test(`${rounds} in a row where both offer at once`, async () => {
    for (let round = 0; round < rounds; round++) {
      const clients = [rooms.client(), rooms.client()] as const;
      await Promise.all(clients.map(enter));
      // Both are in the room before they have a mesh: each waits for the call of the other.
      const [one, other] = [meshOf(clients[0]), meshOf(clients[1])];
      await Promise.all([one.expects, other.expects]);
      for (const { mesh } of [one, other]) for (const peer of mesh.peers) (peer as unknown as { call(): void }).call();
      await talk(one, other);
      expect([one.offers.includes('sent'), other.offers.includes('sent')]).toEqual([true, true]);
      for (const { mesh } of [one, other]) mesh.leave();
      rooms.leave();
    }
  }, 240_000);
});
