import { Mesh, SignalingClient } from './library/index.js';

/** Somebody who uses the library, told what to do by a test: in one room at a time, somebody new in each. */
class Person {
  #wakes = new Set();

  /** Resolves as soon as it is in the room. `withMesh`: others see the mesh from the start. */
  async enter(url, withMesh) {
    this.client = new SignalingClient(url, { backoff: { atLeastMs: 20, firstMs: 50, longestMs: 500 } });
    this.heard = [];
    this.offers = { sent: 0, received: 0 };
    this.welcomes = 0;
    this.client.on('welcome', () => { this.welcomes++; this.#changed(); });
    if (withMesh) this.addMesh();
    this.client.connect();
    await this.#until(() => this.welcomes > 0);
  }

  addMesh() {
    this.mesh = new Mesh(this.client);
    this.mesh.on('state', () => this.#changed());
    this.mesh.on('message', ({ data }) => { this.heard.push(data); this.#changed(); });
    this.mesh.on('signal', ({ direction, type }) => { if (type === 'offer') { this.offers[direction]++; this.#changed(); } });
    this.#changed();
  }

  /** Resolves when so many others are in this state. */
  sees(many, state) {
    return this.#until(() => this.mesh.peers.filter(peer => peer.state === state).length === many);
  }

  meets(many) {
    return this.#until(() => this.mesh.peers.length === many);
  }

  hears(text) {
    return this.#until(() => this.heard.includes(text));
  }

  isWelcomed(times) {
    return this.#until(() => this.welcomes >= times);
  }

  /** Resolves when the last offer was answered, and so many had crossed by then. */
  async hasOffered(many) {
    await this.#until(() => this.offers.sent >= many);
    const { connection } = this.mesh.peers[0];
    while (connection.signalingState !== 'stable') await new Promise(resolve => connection.addEventListener('signalingstatechange', resolve, { once: true }));
  }

  /** At a time by the machine's clock, so that two can do it at once, it calls those from whom it expects a call. */
  async callAt(time) {
    await new Promise(resolve => setTimeout(resolve, time - Date.now()));
    for (const peer of this.mesh.peers) if (peer.state === 'expected') peer.call();
  }

  /** Its answers are lost, until it loses nothing more. */
  losesAnswers(does) {
    const { prototype } = SignalingClient;
    this.client.sendTo = does ? (id, data) => data.type === 'answer' ? 'lost' : prototype.sendTo.call(this.client, id, data) : prototype.sendTo;
  }

  hasBeenOffered(times) {
    return this.#until(() => this.offers.received >= times);
  }

  say(text) {
    return this.mesh.send(text);
  }

  leave() {
    this.mesh.leave();
    this.client.close();
  }

  /** Where it stands, for whoever waits in vain. */
  report() {
    const { client, mesh, offers, heard, welcomes } = this;
    const peers = mesh?.peers.map(({ id, state, connection }) => ({
      id, state, signaling: connection?.signalingState, gathering: connection?.iceGatheringState, connection: connection?.connectionState,
    }));
    return { relay: client?.state, welcomes, offers, heard, peers };
  }

  async #until(isSo) {
    while (!isSo()) await new Promise(resolve => this.#wakes.add(resolve));
  }

  #changed() {
    const wakes = [...this.#wakes];
    this.#wakes.clear();
    for (const wake of wakes) wake();
  }
}

globalThis.person = new Person();
