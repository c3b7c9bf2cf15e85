import { readFileSync } from 'node:fs';
import type SimplePeer from 'simple-peer';
import { describe, expect, test } from 'vitest';
import { connectAll } from '../examples/simple-peer.ts';
import { missing, Rooms, webRtc } from './webrtc.ts';

if (missing) console.warn(`\nSKIPPED: simple-peer over a real relay. ${missing}\n`);

test('the README quotes the example as it is', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  expect(read('../src/signaling/README.md')).toContain(`\`\`\`ts\n${read('../examples/simple-peer.ts')}\`\`\``);
});

describe.skipIf(missing)('over a real relay, with real connections', () => {
  const rooms = new Rooms();

  /** Enters the room; what the others say by their channels comes here. */
  function enter(name: string) {
    const client = rooms.client();
    const heard: string[] = [];
    const peers: SimplePeer.Instance[] = [];
    let wake = () => {};
    connectAll(client, peer => {
      peers.push(peer);
      peer.on('connect', () => peer.send(`I am ${name}`));
      peer.on('data', data => { heard.push(String(data)); wake(); });
    }, webRtc && { wrtc: webRtc });
    client.connect();
    return {
      client, peers, heard,
      async hears(many: number) { while (heard.length < many) await new Promise<void>(resolve => { wake = resolve; }); },
    };
  }

  test('three simple-peers that come at once are all connected', async () => {
    const members = ['ann', 'bob', 'cy'].map(enter);
    await Promise.all(members.map(member => member.hears(2)));
    expect(members.map(({ heard }) => heard.sort())).toEqual([
      ['I am bob', 'I am cy'], ['I am ann', 'I am cy'], ['I am ann', 'I am bob'],
    ]);
    for (const { peers } of members) for (const peer of peers) peer.destroy();
  }, 60_000);

  test('who leaves the room is let go of', async () => {
    const [ann, bob] = [enter('ann'), enter('bob')];
    await Promise.all([ann.hears(1), bob.hears(1)]);
    const closed = new Promise<void>(resolve => { ann.peers[0]?.on('close', resolve); });
    bob.client.close();
    await closed;
    for (const peer of bob.peers) peer.destroy();
  }, 60_000);
});
