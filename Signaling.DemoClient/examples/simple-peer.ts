import SimplePeer from 'simple-peer';
import type { SignalingClient } from 'signaling-client';

/** A simple-peer to everybody in the room: who comes offers, and what the two have to say goes through the room. */
export function connectAll(client: SignalingClient, met: (peer: SimplePeer.Instance, id: string) => void, options: SimplePeer.Options = {}) {
  const peers = new Map<string, SimplePeer.Instance>();

  function meet(id: string, initiator: boolean): SimplePeer.Instance {
    const peer = new SimplePeer({ config: { iceServers: [...client.iceServers] }, ...options, initiator });
    peers.set(id, peer);
    peer.on('signal', signal => client.sendTo(id, signal));
    peer.on('error', () => undefined); // a close follows it
    peer.on('close', () => { if (peers.get(id) === peer) peers.delete(id); });
    met(peer, id);
    return peer;
  }

  client.on('welcome', ({ resumed }) => {
    if (!resumed) for (const id of client.peers.keys()) meet(id, true);
  });
  client.on('message', ({ from, to, data }) => {
    if (to) (peers.get(from) ?? meet(from, false)).signal(data as SimplePeer.SignalData);
  });
  client.on('leave', ({ id }) => peers.get(id)?.destroy());
}
